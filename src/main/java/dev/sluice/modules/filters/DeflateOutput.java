package dev.sluice.modules.filters;

import dev.sluice.request.Filter;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Sends a response in gzip (deflate_out_filter, mod_deflate.c). */
final class DeflateOutput implements Filter {
    /** Bytes: a body that is not longer is sent as it is, for headers and frame of gzip outweigh what could be saved. */
    private static final int VERY_SMALL = 10 + 8 + 50;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    private final Request request;
    private final DeflateModule.Terms terms;
    private final byte[] first = new byte[VERY_SMALL];
    private int firstSize;
    private final byte[] in;
    private final byte[] out;
    private int outSize;
    private final CRC32 crc = new CRC32();
    private long total;
    private boolean framed;
    private final boolean isHead;
    private @Nullable Deflating deflating;

    private DeflateOutput(Request request, DeflateModule.Terms terms) {
        this.request = request;
        this.terms = terms;
        this.isHead = request.exchange().getRequestMethod().equals(Methods.HEAD);
        this.in = new byte[4096];
        this.out = new byte[terms.bufferSize()];
    }

    static @Nullable Filter begin(Request request) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        boolean small = length != null && isVerySmall(length);
        if (small || AcceptedEncoding.isExcluded(request, "no-gzip") || isOnlyForHtml(request)) {
            return null;
        }
        if (AcceptedEncoding.isEncoded(headers)) {
            return null;
        }
        DeflateOutput filter =
                new DeflateOutput(request, request.server().settings().view(DeflateModule.TERMS));
        // A backend's answer to HEAD has no body, so that there is nothing to decide about.
        boolean bodiless = request.isProxied() && filter.isHead;
        return length == null || bodiless || filter.decide() ? filter : null;
    }

    private static boolean isVerySmall(String length) {
        return length.length() < 3 && Integer.parseInt(length) <= VERY_SMALL;
    }

    private static boolean isOnlyForHtml(Request request) {
        if (!"1".equals(request.environment().get("gzip-only-text/html"))) {
            return false;
        }
        String type = request.exchange().getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
        return type == null || !type.startsWith("text/html");
    }

    /** Once the body is known to be long enough: false where it goes out as it is. */
    private boolean decide() {
        HeaderMap headers = request.exchange().getResponseHeaders();
        headers.add(Headers.VARY, "Accept-Encoding");
        if (!request.environment().has("force-gzip")
                && !AcceptedEncoding.takes(request.exchange().getRequestHeaders(), "gzip")) {
            return false;
        }
        AcceptedEncoding.mark(headers, "gzip");
        EncodedTag.alter(headers, "gzip", terms.etag());
        if (request.exchange().getStatusCode() == 304) {
            return false;
        }
        deflating = Deflating.open(terms.level(), terms.memLevel(), terms.window(), in.length, out.length);
        return true;
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        Deflating running = deflating;
        if (running == null) {
            int room = Math.min(first.length - firstSize, piece.remaining());
            piece.get(first, firstSize, room);
            firstSize += room;
            if (!piece.hasRemaining()) {
                return;
            }
            running = started(next);
            if (running == null) {
                next.write(piece);
                return;
            }
        }
        while (piece.hasRemaining()) {
            int size = Math.min(in.length, piece.remaining());
            piece.get(in, 0, size);
            compress(running, in, size, next);
        }
    }

    /** Null where the response goes out as it is; what was held back is on its way then. */
    private @Nullable Deflating started(Next next) throws IOException {
        if (!decide()) {
            next.remove();
            next.write(first, 0, firstSize);
            return null;
        }
        Deflating running = deflating;
        if (running != null) {
            compress(running, first, firstSize, next);
        }
        return running;
    }

    private void compress(Deflating running, byte[] bytes, int size, Next next) throws IOException {
        frame(next);
        crc.update(bytes, 0, size);
        total += size;
        running.input(bytes, size);
        while (!running.isInputTaken()) {
            if (outSize == out.length) {
                next.write(out);
                outSize = 0;
                if (!isHead) {
                    next.pass();
                }
            }
            outSize += running.deflate(out, outSize, Deflating.Flush.NONE);
        }
    }

    @Override
    public void flush(Next next) throws IOException {
        Deflating running = deflating;
        if (running == null) {
            running = started(next);
        }
        if (running != null) {
            frame(next);
            drain(running, Deflating.Flush.SYNC, next);
        }
        next.flush();
    }

    private void frame(Next next) throws IOException {
        if (!framed) {
            framed = true;
            next.write(HEADER);
        }
    }

    private void drain(Deflating running, Deflating.Flush how, Next next) throws IOException {
        int got;
        do {
            if (outSize == out.length) {
                next.write(out);
                outSize = 0;
            }
            got = running.deflate(out, outSize, how);
            outSize += got;
        } while (outSize == out.length);
        next.write(out, 0, outSize);
        outSize = 0;
    }

    /** What comes later is compressed with what is there: only a full buffer goes on. */
    @Override
    public void pass(Next next) throws IOException {
        if (deflating == null && started(next) == null) {
            next.pass();
        }
    }

    @Override
    public void end(Next next) throws IOException {
        Deflating running = deflating;
        if (running == null) {
            next.remove();
            next.write(first, 0, firstSize);
            next.end();
            return;
        }
        frame(next);
        drain(running, Deflating.Flush.FINISH, next);
        next.write(footer());
        SizeNotes.leave(request, terms.notes(), running.totalIn(), running.totalOut());
        close();
        next.end();
    }

    private byte[] footer() {
        byte[] footer = new byte[8];
        for (int i = 0; i < 4; i++) {
            footer[i] = (byte) (crc.getValue() >>> (8 * i));
            footer[4 + i] = (byte) (total >>> (8 * i));
        }
        return footer;
    }

    @Override
    public void close() {
        Deflating running = deflating;
        if (running != null) {
            running.close();
        }
    }
}
