package dev.sluice.modules.core;

import dev.sluice.request.Explains;
import dev.sluice.request.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** The answer to one request for a file. Owns the open file until the last byte is sent. */
final class FileAnswer implements HttpHandler, Explains {
    /** One for the process, as in httpd. */
    private static final String BOUNDARY =
            String.format("%016x", ThreadLocalRandom.current().nextLong());

    private final Request request;
    private final FileChannel channel;
    private final long length;
    private final Preconditions.Verdict verdict;
    private final ByteRanges ranges;

    FileAnswer(Request request, FileChannel channel, long length, Preconditions.Verdict verdict, ByteRanges ranges) {
        this.request = request;
        this.channel = channel;
        this.length = length;
        this.verdict = verdict;
        this.ranges = ranges;
    }

    @Override
    public List<String> explain(HttpServerExchange exchange) {
        IoUtils.safeClose(channel);
        return List.of("file " + request.filename() + ", " + length + " bytes");
    }

    /** Sets the headers that say what the file is. */
    static void describe(Request request) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        String type = request.contentType();
        if (type != null) {
            headers.put(Headers.CONTENT_TYPE, DefaultCharset.added(request.settings(), type));
        }
        String encoding = request.contentEncoding();
        if (encoding != null) {
            headers.put(Headers.CONTENT_ENCODING, encoding);
        }
        if (!request.contentLanguages().isEmpty()) {
            headers.put(Headers.CONTENT_LANGUAGE, String.join(",", request.contentLanguages()));
        }
    }

    /** {@code modified} in seconds. */
    static void validators(Request request, @Nullable String etag, long modified) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        headers.put(Headers.LAST_MODIFIED, HttpDate.format(modified));
        if (etag != null) {
            headers.put(Headers.ETAG, etag);
        }
        boolean none = request.settings().get(FileDirectives.MAX_RANGES) == 0;
        headers.put(Headers.ACCEPT_RANGES, none ? "none" : "bytes");
    }

    /** There is no body that these would be about (ap_http_header_filter). */
    static void forgetBody(HeaderMap headers) {
        headers.remove(Headers.CONTENT_TYPE);
        headers.remove(Headers.CONTENT_ENCODING);
        headers.remove(Headers.CONTENT_LANGUAGE);
        headers.remove(Headers.CONTENT_LENGTH);
    }

    /** Takes back what {@link #describe} and {@link #validators} set: an error page is another thing. */
    static void forget(Request request) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        headers.remove(Headers.CONTENT_TYPE);
        headers.remove(Headers.CONTENT_ENCODING);
        headers.remove(Headers.CONTENT_LANGUAGE);
        headers.remove(Headers.LAST_MODIFIED);
        headers.remove(Headers.ETAG);
        headers.remove(Headers.ACCEPT_RANGES);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        switch (verdict) {
            case NOT_MODIFIED -> {
                exchange.setStatusCode(304);
                forgetBody(exchange.getResponseHeaders());
                finish(exchange);
            }
            case FAILED -> {
                exchange.setStatusCode(412);
                exchange.setResponseContentLength(0);
                finish(exchange);
            }
            case ANSWER -> send(exchange);
        }
    }

    private void finish(HttpServerExchange exchange) throws IOException {
        channel.close();
        exchange.endExchange();
    }

    private void send(HttpServerExchange exchange) throws IOException {
        exchange.setResponseContentLength(length);
        if (!request.beginOutput().isEmpty()) {
            // Filters see the whole, for HEAD too: what its length is they alone know.
            new FileBody(exchange, channel, whole(), false).start();
            return;
        }
        List<FileBody.Part> parts = parts(exchange);
        long total = 0;
        for (FileBody.Part part : parts) {
            total += part.head().remaining() + part.end() - part.start();
        }
        exchange.setResponseContentLength(total);
        if (request.method().equals("HEAD") || total == 0) {
            finish(exchange);
            return;
        }
        boolean sendfile = request.settings().get(FileDirectives.ENABLE_SENDFILE);
        new FileBody(exchange, channel, parts, sendfile).start();
    }

    private List<FileBody.Part> parts(HttpServerExchange exchange) {
        List<ByteRanges.Range> wanted = ranges.ranges();
        if (wanted.isEmpty()) {
            return whole();
        }
        exchange.setStatusCode(206);
        HeaderMap headers = exchange.getResponseHeaders();
        if (wanted.size() == 1) {
            ByteRanges.Range only = wanted.get(0);
            headers.put(Headers.CONTENT_RANGE, "bytes " + of(only));
            return List.of(new FileBody.Part(ByteBuffer.allocate(0), only.start(), only.end() + 1));
        }
        String type = headers.getFirst(Headers.CONTENT_TYPE);
        headers.put(Headers.CONTENT_TYPE, "multipart/byteranges; boundary=" + BOUNDARY);
        List<FileBody.Part> parts = new ArrayList<>(wanted.size() + 1);
        for (ByteRanges.Range range : wanted) {
            String head = "\r\n--" + BOUNDARY + (type == null ? "" : "\r\nContent-type: " + type)
                    + "\r\nContent-range: bytes " + of(range) + "\r\n\r\n";
            parts.add(new FileBody.Part(bytes(head), range.start(), range.end() + 1));
        }
        parts.add(new FileBody.Part(bytes("\r\n--" + BOUNDARY + "--\r\n"), 0, 0));
        return parts;
    }

    private List<FileBody.Part> whole() {
        return List.of(new FileBody.Part(ByteBuffer.allocate(0), 0, length));
    }

    private String of(ByteRanges.Range range) {
        return range.start() + "-" + range.end() + "/" + length;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
