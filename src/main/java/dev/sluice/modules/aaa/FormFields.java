package dev.sluice.modules.aaa;

import dev.sluice.request.Request;
import dev.sluice.wire.Refused;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSourceChannel;

/**
 * The fields of a posted form, one byte a char; of several of one name the first counts (ap_parse_form_data).
 *
 * @param status what the request ends with where the form cannot be read; else 0
 */
record FormFields(int status, Map<String, String> values) {
    private static final String TYPE = "application/x-www-form-urlencoded";

    /** Reads the body whole. Blocks. */
    static FormFields read(Request request, long limit) {
        HttpServerExchange exchange = request.exchange();
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (type == null || !type.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
            return new FormFields(0, Map.of());
        }
        StreamSourceChannel body = exchange.getRequestChannel();
        if (body == null) {
            return new FormFields(0, Map.of());
        }
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            String text = text(body, pooled.getBuffer(), limit);
            return text == null ? new FormFields(413, Map.of()) : new FormFields(0, values(text));
        } catch (Refused e) {
            return new FormFields(e.refusal().status(), Map.of());
        } catch (IOException e) {
            return new FormFields(400, Map.of());
        }
    }

    private static @Nullable String text(StreamSourceChannel body, ByteBuffer buffer, long limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (Channels.readBlocking(body, buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                bytes.write(buffer.get());
            }
            buffer.clear();
            if (limit > 0 && bytes.size() > limit) {
                return null;
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            values.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return values;
    }

    private static String decoded(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                plain.append((char) (high << 4 | low));
                i += 2;
            } else {
                plain.append(c == '+' ? ' ' : c);
            }
        }
        return plain.toString();
    }

    /** Null where it is not there. */
    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Null where it is not there, or empty. */
    @Nullable
    String filled(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
