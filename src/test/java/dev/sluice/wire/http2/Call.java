package dev.sluice.wire.http2;

import dev.sluice.wire.InterimResponses;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** A request by our client; its body counts bytes, and the response is gathered. */
final class Call {
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final CompletableFuture<ClientExchange> sent = new CompletableFuture<>();
    private final List<String> interim = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HeaderMap requestTrailers = new HeaderMap();
    private boolean cancelAfterHead;
    private int toSend;
    private int sentBytes;

    /** {@code body} is the response's. */
    record Result(int status, HeaderMap headers, String text, List<String> interim, HeaderMap trailers) {
        /** The length of the body, or -1 where its bytes are not those sent. */
        int echoed() {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) != (i * 31 & 0xff)) {
                    return -1;
                }
            }
            return text.length();
        }
    }

    static Call get(Http2ClientConnection client, String path) {
        Call call = new Call();
        call.start(client, request(Methods.GET, path));
        return call;
    }

    /** Gives the response up when its head is there. */
    static void cancelAfterHead(Http2ClientConnection client, String path) {
        Call call = new Call();
        call.cancelAfterHead = true;
        call.start(client, request(Methods.GET, path));
    }

    static Call post(Http2ClientConnection client, String path, int length) {
        return post(client, path, length, new HttpString("x-none"), "none");
    }

    static Call post(Http2ClientConnection client, String path, int length, HttpString name, String value) {
        ClientRequest request = request(Methods.POST, path);
        request.getRequestHeaders().put(Headers.CONTENT_LENGTH, length).put(name, value);
        Call call = new Call();
        call.toSend = length;
        call.start(client, request);
        return call;
    }

    static Call withTrailer(Http2ClientConnection client, String path, int length, HttpString name, String value) {
        ClientRequest request = request(Methods.POST, path);
        request.getRequestHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
        Call call = new Call();
        call.toSend = length;
        call.requestTrailers.put(name, value);
        call.start(client, request);
        return call;
    }

    private static ClientRequest request(HttpString method, String path) {
        ClientRequest request = new ClientRequest().setMethod(method).setPath(path);
        request.getRequestHeaders().put(Headers.HOST, "a.test");
        return request;
    }

    void sent() throws Exception {
        sent.get(5, TimeUnit.SECONDS);
    }

    Result result() throws ExecutionException, InterruptedException, TimeoutException {
        return result.get(20, TimeUnit.SECONDS);
    }

    private void start(Http2ClientConnection client, ClientRequest request) {
        client.sendRequest(request, new ClientCallback<>() {
            @Override
            public void completed(ClientExchange exchange) {
                begin(exchange);
            }

            @Override
            public void failed(IOException why) {
                result.completeExceptionally(why);
            }
        });
    }

    private void begin(ClientExchange exchange) {
        ((InterimResponses) exchange)
                .setInterimHandler((status, reason, headers) -> interim.add(status + " " + headers.getFirst("link")));
        exchange.setResponseListener(new ClientCallback<>() {
            @Override
            public void completed(ClientExchange answered) {
                if (cancelAfterHead) {
                    IoUtils.safeClose(answered.getResponseChannel());
                } else {
                    read(answered, answered.getResponseChannel());
                }
            }

            @Override
            public void failed(IOException why) {
                result.completeExceptionally(why);
            }
        });
        exchange.putAttachment(HttpAttachments.REQUEST_TRAILERS, requestTrailers);
        StreamSinkChannel sink = exchange.getRequestChannel();
        sink.getWriteSetter().set(this::write);
        write(sink);
        sent.complete(exchange);
    }

    private void write(StreamSinkChannel sink) {
        try {
            while (sentBytes < toSend) {
                ByteBuffer piece = ByteBuffer.allocate(Math.min(10_000, toSend - sentBytes));
                for (int i = 0; piece.hasRemaining(); i++) {
                    piece.put((byte) ((sentBytes + i) * 31));
                }
                int written = sink.write(piece.flip());
                sentBytes += written;
                if (written == 0) {
                    sink.resumeWrites();
                    return;
                }
            }
            sink.shutdownWrites();
            if (sink.flush()) {
                sink.suspendWrites();
            } else {
                sink.resumeWrites();
            }
        } catch (IOException e) {
            sink.suspendWrites();
        }
    }

    private void read(ClientExchange exchange, StreamSourceChannel source) {
        source.getReadSetter().set(channel -> read(exchange, channel));
        ByteBuffer buffer = ByteBuffer.allocate(9000);
        try {
            while (true) {
                int read = source.read(buffer.clear());
                if (read == 0) {
                    source.resumeReads();
                    return;
                }
                if (read < 0) {
                    source.suspendReads();
                    complete(exchange);
                    return;
                }
                body.write(buffer.array(), 0, read);
            }
        } catch (IOException e) {
            source.suspendReads();
            result.completeExceptionally(e);
        }
    }

    private void complete(ClientExchange exchange) {
        HeaderMap trailers = exchange.getAttachment(HttpAttachments.RESPONSE_TRAILERS);
        result.complete(new Result(
                exchange.getResponse().getResponseCode(),
                exchange.getResponse().getResponseHeaders(),
                body.toString(StandardCharsets.ISO_8859_1),
                interim,
                trailers == null ? new HeaderMap() : trailers));
    }
}
