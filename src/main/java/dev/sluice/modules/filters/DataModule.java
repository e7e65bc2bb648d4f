package dev.sluice.modules.filters;

import dev.sluice.module.HttpdModule;
import dev.sluice.request.Filter;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** mod_data: a response as a data URL (RFC 2397). */
public final class DataModule implements HttpdModule {
    @Override
    public String id() {
        return "data_module";
    }

    @Override
    public String file() {
        return "mod_data.c";
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("DATA", FilterType.RESOURCE, DataModule::begin);
    }

    private static Filter begin(Request request) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        String type = headers.getFirst(Headers.CONTENT_TYPE);
        headers.remove(Headers.CONTENT_LENGTH);
        headers.put(Headers.CONTENT_TYPE, "text/plain");
        return new Encoding(type == null ? "" : type.replaceAll("\\s*;\\s*", ";"));
    }

    private static final class Encoding implements Filter {
        private final byte[] three = new byte[3];
        private final String type;
        private int length;
        private boolean begun;

        Encoding(String type) {
            this.type = type;
        }

        @Override
        public void write(ByteBuffer piece, Next next) throws IOException {
            begin(next);
            ByteBuffer whole = ByteBuffer.allocate(length + piece.remaining());
            whole.put(three, 0, length).put(piece).flip();
            length = whole.remaining() % 3;
            int full = whole.remaining() - length;
            if (full > 0) {
                byte[] bytes = new byte[full];
                whole.get(bytes);
                next.write(Base64.getEncoder().encode(bytes));
            }
            whole.get(three, 0, length);
        }

        private void begin(Next next) throws IOException {
            if (!begun) {
                begun = true;
                next.write(("data:" + type + ";base64,").getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        @Override
        public void end(Next next) throws IOException {
            begin(next);
            byte[] rest = new byte[length];
            System.arraycopy(three, 0, rest, 0, length);
            next.write(Base64.getEncoder().encode(rest));
            next.end();
        }
    }
}
