package dev.sluice.modules.filters;

import dev.sluice.modules.filters.SystemBrotli.Operation;
import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends a response in Brotli (compress_filter, mod_brotli.c). */
final class BrotliFilter implements Filter {
    private final Request request;
    private final BrotliModule.Terms terms;
    private final byte[] in = new byte[8192];
    private long total;
    private @Nullable SystemBrotli encoder;

    private BrotliFilter(Request request) {
        this.request = request;
        this.terms = request.server().settings().view(BrotliModule.TERMS);
    }

    static @Nullable Filter begin(Request request) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        if (!SystemBrotli.isPresent() || AcceptedEncoding.isExcluded(request, "no-brotli")) {
            return null;
        }
        if (AcceptedEncoding.isEncoded(headers)) {
            return null;
        }
        headers.add(Headers.VARY, "Accept-Encoding");
        if (!AcceptedEncoding.takes(request.exchange().getRequestHeaders(), "br")) {
            return null;
        }
        BrotliFilter filter = new BrotliFilter(request);
        AcceptedEncoding.mark(headers, "br");
        EncodedTag.alter(headers, "br", filter.terms.etag());
        return request.exchange().getStatusCode() == 304 ? null : filter;
    }

    private SystemBrotli encoder() {
        SystemBrotli known = encoder;
        if (known == null) {
            known = new SystemBrotli(terms.quality(), terms.window(), terms.block(), in.length);
            encoder = known;
        }
        return known;
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        while (piece.hasRemaining()) {
            int size = Math.min(in.length, piece.remaining());
            piece.get(in, 0, size);
            total += size;
            encoder().compress(in, size, Operation.PROCESS, bytes -> {
                next.write(bytes);
                next.pass();
            });
        }
    }

    @Override
    public void flush(Next next) throws IOException {
        encoder().compress(in, 0, Operation.FLUSH, next::write);
        next.flush();
    }

    @Override
    public void pass(Next next) {}

    @Override
    public void end(Next next) throws IOException {
        encoder().compress(in, 0, Operation.FINISH, next::write);
        SizeNotes.leave(request, terms.notes(), total, encoder().totalOut());
        close();
        next.end();
    }

    @Override
    public void close() {
        SystemBrotli running = encoder;
        if (running != null) {
            running.close();
        }
    }
}
