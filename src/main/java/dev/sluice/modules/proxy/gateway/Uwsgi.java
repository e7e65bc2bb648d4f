package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.FieldText;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** uwsgi: a packet of variables, then the body. The answer has the form of HTTP, and ends with the connection. */
public final class Uwsgi {
    private static final int LONGEST = 65_535;

    private Uwsgi() {}

    /** Begins a request, whose variables are those of {@code request}. */
    public static GatewayExchange begin(GatewayConnection connection, Request request) {
        Answer answer = new Answer(request);
        return new GatewayExchange(
                connection,
                new GatewaySink(
                        connection.stream().getSinkChannel().getConduit(),
                        head(request.environment().all()),
                        GatewayFraming.NONE),
                new UntilClosed(connection, answer::take, answer::end),
                answer);
    }

    private static ByteBuffer head(Map<String, String> variables) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(new byte[4]);
        variables.forEach((name, value) -> {
            if (out.size() + name.length() + value.length() + 4 <= LONGEST) {
                word(out, name);
                word(out, value);
            }
        });
        byte[] packet = out.toByteArray();
        int size = packet.length - 4;
        packet[1] = (byte) size;
        packet[2] = (byte) (size >> 8);
        return ByteBuffer.wrap(packet);
    }

    private static void word(ByteArrayOutputStream out, String text) {
        out.write(text.length());
        out.write(text.length() >> 8);
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of an answer: a status line, then fields (uwsgi_response, mod_proxy_uwsgi.c). */
    private static final class Answer implements GatewayHead {
        private static final int LONGEST_LINE = 8190;

        private final Request request;
        private final StringBuilder line = new StringBuilder(80);
        private final HeaderMap fields = new HeaderMap();
        private String reason = "";
        private int status;

        Answer(Request request) {
            this.request = request;
        }

        boolean take(ByteBuffer received) throws IOException {
            while (received.hasRemaining()) {
                char c = (char) (received.get() & 255);
                if (c != '\n' && line.length() < LONGEST_LINE) {
                    line.append(c);
                    continue;
                }
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                String text = line.toString();
                line.setLength(0);
                if (status == 0) {
                    statusLine(text);
                } else if (text.isEmpty()) {
                    return true;
                } else {
                    field(text);
                }
            }
            return false;
        }

        private void statusLine(String text) throws MalformedHead {
            boolean fits = text.startsWith("HTTP/") && text.length() >= 12 && text.charAt(8) == ' ';
            String digits = fits ? text.substring(9, 12) : "";
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new MalformedHead();
            }
            status = Integer.parseInt(digits);
            reason = text.length() > 13 ? text.substring(13) : "";
        }

        private void field(String text) throws MalformedHead {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new MalformedHead();
            }
            HttpString name = new HttpString(text.substring(0, colon));
            fields.add(name, text.substring(colon + 1).strip());
            if (FieldText.complaint(fields.get(name)) != null) {
                throw new MalformedHead();
            }
        }

        void end() throws IOException {
            if (status == 0 && line.length() == 0) {
                throw new EOFException("End of file found");
            }
            throw new MalformedHead();
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public int apply() {
            HttpServerExchange exchange = request.exchange();
            HeaderMap answer = exchange.getResponseHeaders();
            for (HeaderValues values : fields) {
                HttpString name = values.getHeaderName();
                if (name.equals(Headers.CONTENT_TYPE)) {
                    request.contentType(values.getFirst());
                }
                if (!name.equals(Headers.TRANSFER_ENCODING) && !name.equals(Headers.CONNECTION)) {
                    answer.addAll(name, values);
                }
            }
            exchange.setStatusCode(status);
            exchange.setReasonPhrase(reason);
            return 0;
        }

        @Override
        public @Nullable String internalRedirect() {
            return null;
        }
    }
}
