package dev.sluice.modules.filters;

import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes gzip off a response, for filters behind it or clients that do not know it (inflate_out_filter, mod_deflate.c). */
final class InflateOutput implements Filter {
    private final Request request;
    private final Gunzip gunzip;

    private InflateOutput(Request request, int bufferSize) {
        this.request = request;
        this.gunzip = new Gunzip(bufferSize);
    }

    static @Nullable Filter begin(Request request) {
        int status = request.exchange().getStatusCode();
        HeaderMap headers = request.exchange().getResponseHeaders();
        if (status == 204
                || status == 304
                || headers.contains(Headers.CONTENT_RANGE)
                || "0".equals(headers.getFirst(Headers.CONTENT_LENGTH))) {
            return null;
        }
        if (!GzipHeader.take(headers)) {
            return null;
        }
        DeflateModule.Terms terms = request.server().settings().view(DeflateModule.TERMS);
        EncodedTag.alter(headers, "gunzip", terms.etag());
        return new InflateOutput(request, terms.bufferSize());
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        try {
            gunzip.write(piece, next, (in, out) -> {});
        } catch (IOException e) {
            request.log(Level.ERROR, "deflate", "inflating a response failed: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public void end(Next next) throws IOException {
        if (!gunzip.isOver() && !gunzip.isUntouched()) {
            request.log(Level.ERROR, "deflate", "AH01398: Zlib: EOS before end of the deflated response");
            throw new IOException("the compressed response is not complete");
        }
        gunzip.close();
        next.end();
    }

    @Override
    public void close() {
        gunzip.close();
    }
}
