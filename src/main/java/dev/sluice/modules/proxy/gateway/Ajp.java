package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.FieldText;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** AJP/1.3, the protocol of servlet containers. */
public final class Ajp {
    private static final int SEND_BODY_CHUNK = 3;
    private static final int SEND_HEADERS = 4;
    private static final int END_RESPONSE = 5;
    private static final int GET_BODY_CHUNK = 6;
    private static final int CPONG_REPLY = 9;

    private Ajp() {}

    /**
     * Begins a request; null for a method that AJP has no number for.
     *
     * @param uri path, as it is sent, without the query
     * @param route of a balancer's member; empty for none
     * @param secret that the container wants to hear; empty for none
     * @param pings whether the container is asked first whether it is there (CPING)
     */
    public static @Nullable GatewayExchange begin(
            GatewayConnection connection, Request request, String uri, String route, String secret, boolean pings) {
        ByteBuffer head = AjpRequest.of(request, uri, route, secret);
        if (head == null) {
            return null;
        }
        if (pings) {
            ByteBuffer both = ByteBuffer.allocate(5 + head.remaining());
            head = both.put(new byte[] {0x12, 0x34, 0, 1, 10}).put(head).flip();
        }
        boolean first = request.exchange().getRequestContentLength() > 0;
        AjpSink sink = AjpSink.of(connection.stream().getSinkChannel().getConduit(), head, first);
        Answer answer = new Answer(request);
        return new GatewayExchange(connection, sink, new Source(connection, sink, answer), answer);
    }

    /** SEND_HEADERS (ajp_unmarshal_response, ajp_header.c). */
    private static final class Answer implements GatewayHead {
        private final Request request;
        private final HeaderMap fields = new HeaderMap();
        private String reason = "";
        private int status;

        Answer(Request request) {
            this.request = request;
        }

        void read(ByteBuffer message) {
            status = message.getShort() & 0xFFFF;
            reason = AjpWords.text(message);
            int count = message.getShort() & 0xFFFF;
            for (int i = 0; i < count; i++) {
                HttpString name = new HttpString(AjpWords.fieldName(message));
                fields.add(name, AjpWords.text(message));
            }
        }

        boolean isComplete() {
            return status != 0;
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
                String complaint = FieldText.complaint(values);
                if (complaint != null) {
                    request.log(Level.ERROR, "http", complaint);
                    return 500;
                }
            }
            for (HeaderValues values : fields) {
                HttpString name = values.getHeaderName();
                if (name.equals(Headers.CONTENT_TYPE)) {
                    request.contentType(values.getFirst());
                    answer.put(name, values.getFirst());
                } else if (!name.equals(Headers.TRANSFER_ENCODING) && !name.equals(Headers.CONNECTION)) {
                    answer.addAll(name, values);
                }
            }
            exchange.setStatusCode(status);
            exchange.setReasonPhrase(reason.isEmpty() ? null : reason);
            return 0;
        }

        @Override
        public @Nullable String internalRedirect() {
            return null;
        }
    }

    /** The messages of the container. */
    private static final class Source extends GatewaySource {
        private final AjpSink sink;
        private final Answer answer;
        private final ByteBuffer header = ByteBuffer.allocate(5);
        private @Nullable ByteBuffer message;
        private int chunk;
        private int padding;
        private boolean reusable;

        Source(GatewayConnection connection, AjpSink sink, Answer answer) {
            super(connection.stream().getSourceChannel().getConduit(), connection.getBufferPool());
            this.sink = sink;
            this.answer = answer;
        }

        @Override
        boolean leavesConnectionOpen() {
            return reusable;
        }

        @Override
        boolean takeHead(ByteBuffer received) throws IOException {
            while (received.hasRemaining() && !answer.isComplete() && !hasEnded()) {
                take(received);
                if (chunk > 0 && !answer.isComplete()) {
                    throw new IOException("Invalid argument");
                }
            }
            return answer.isComplete();
        }

        @Override
        void takeBody(ByteBuffer received, ByteBuffer dst) throws IOException {
            while (received.hasRemaining() && dst.hasRemaining() && !hasEnded()) {
                if (chunk == 0) {
                    take(received);
                    continue;
                }
                ByteBuffer part = received.duplicate();
                part.limit(part.position() + Math.min(chunk, Math.min(part.remaining(), dst.remaining())));
                chunk -= part.remaining();
                dst.put(part);
                received.position(part.position());
            }
        }

        /** Takes what is no data of a body. */
        private void take(ByteBuffer received) throws IOException {
            ByteBuffer begun = message;
            if (begun == null && padding > 0) {
                int size = Math.min(padding, received.remaining());
                received.position(received.position() + size);
                padding -= size;
                return;
            }
            ByteBuffer wanted = begun == null ? header : begun;
            while (wanted.hasRemaining() && received.hasRemaining()) {
                wanted.put(received.get());
            }
            if (wanted.hasRemaining()) {
                return;
            }
            if (begun == null) {
                start();
            } else {
                message = null;
                int type = header.get(4);
                header.clear();
                handle(type, begun.flip());
            }
        }

        private void start() throws IOException {
            int length = (header.getShort(2) & 0xFFFF) - 1;
            if (header.get(0) != 'A' || header.get(1) != 'B' || length < 0) {
                throw new IOException("Invalid argument");
            }
            int type = header.get(4);
            if (length == 0) {
                header.clear();
                handle(type, ByteBuffer.allocate(0));
            } else {
                padding = type == SEND_BODY_CHUNK ? length - 2 : 0;
                message = ByteBuffer.allocate(type == SEND_BODY_CHUNK ? 2 : length);
            }
        }

        private void handle(int type, ByteBuffer content) throws IOException {
            try {
                switch (type) {
                    case SEND_BODY_CHUNK -> {
                        chunk = content.getShort() & 0xFFFF;
                        padding -= chunk;
                    }
                    case SEND_HEADERS -> answer.read(content);
                    case END_RESPONSE -> {
                        reusable = content.hasRemaining() && content.get() == 1;
                        end();
                        if (!answer.isComplete()) {
                            throw new EOFException("End of file found");
                        }
                    }
                    case GET_BODY_CHUNK -> sink.asked(content.getShort() & 0xFFFF);
                    case CPONG_REPLY -> {}
                    default -> throw new IOException("Invalid argument");
                }
            } catch (java.nio.BufferUnderflowException e) {
                throw new IOException("Invalid argument", e);
            }
        }

        @Override
        void atClose(boolean inHead) throws IOException {
            throw new EOFException("End of file found");
        }
    }
}
