package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.ScriptHead;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** FastCGI as mod_proxy_fcgi speaks it: one request at a time on a connection, in the role of a responder. */
public final class Fcgi {
    private static final int HEADER = 8;
    private static final int MOST = 65_535;
    private static final int BEGIN_REQUEST = 1;
    private static final int END_REQUEST = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final int STDOUT = 6;
    private static final int STDERR = 7;
    private static final String MODULE = "proxy_fcgi";

    private Fcgi() {}

    /**
     * Begins a request, whose variables are those of {@code request}.
     *
     * @param keeps whether the application is asked to leave the connection open
     */
    public static GatewayExchange begin(GatewayConnection connection, Request request, boolean keeps) {
        ByteBuffer head = head(request.environment().all(), keeps);
        ScriptAnswer answer = new ScriptAnswer(new ScriptHead(request, MODULE, false), false, false);
        return new GatewayExchange(
                connection,
                new GatewaySink(connection.stream().getSinkChannel().getConduit(), head, new Records()),
                new Source(connection, request, answer),
                answer);
    }

    private static ByteBuffer head(Map<String, String> variables, boolean keeps) {
        byte[] parameters = parameters(variables);
        int records = (parameters.length + MOST - 1) / MOST;
        ByteBuffer head = ByteBuffer.allocate(2 * HEADER + records * HEADER + parameters.length + HEADER);
        header(head, BEGIN_REQUEST, HEADER);
        head.put(new byte[] {0, 1, (byte) (keeps ? 1 : 0), 0, 0, 0, 0, 0});
        for (int from = 0; from < parameters.length; from += MOST) {
            int size = Math.min(MOST, parameters.length - from);
            header(head, PARAMS, size);
            head.put(parameters, from, size);
        }
        header(head, PARAMS, 0);
        return head.flip();
    }

    private static byte[] parameters(Map<String, String> variables) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        variables.forEach((name, value) -> {
            length(out, name.length());
            length(out, value.length());
            out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
        });
        return out.toByteArray();
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length >= 128) {
            out.write(length >> 24 | 128);
            out.write(length >> 16);
            out.write(length >> 8);
        }
        out.write(length);
    }

    private static void header(ByteBuffer out, int type, int size) {
        out.put((byte) 1)
                .put((byte) type)
                .putShort((short) 1)
                .putShort((short) size)
                .putShort((short) 0);
    }

    /** The body in records of STDIN; an empty one ends it. */
    private static final class Records implements GatewayFraming {
        @Override
        public int most() {
            return MOST;
        }

        @Override
        public ByteBuffer before(int size) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            header(header, STDIN, size);
            return header.flip();
        }

        @Override
        public ByteBuffer end() {
            return before(0);
        }
    }

    /** The records of the answer. */
    private static final class Source extends GatewaySource {
        private final Request request;
        private final ScriptAnswer answer;
        private final ByteBuffer header = ByteBuffer.allocate(HEADER);
        private int type;
        private int content;
        private int padding;

        Source(GatewayConnection connection, Request request, ScriptAnswer answer) {
            super(connection.stream().getSourceChannel().getConduit(), connection.getBufferPool());
            this.request = request;
            this.answer = answer;
        }

        @Override
        boolean takeHead(ByteBuffer received) throws IOException {
            while (received.hasRemaining() && !answer.isComplete() && !hasEnded()) {
                if (isAtContent(received)) {
                    ByteBuffer part = part(received, content);
                    int size = part.remaining();
                    if (type == STDOUT) {
                        answer.take(part);
                    } else {
                        other(part);
                    }
                    taken(received, size - part.remaining());
                }
            }
            return answer.isComplete();
        }

        @Override
        void takeBody(ByteBuffer received, ByteBuffer dst) throws IOException {
            while (received.hasRemaining() && dst.hasRemaining() && !hasEnded()) {
                if (isAtContent(received)) {
                    ByteBuffer part = part(received, type == STDOUT ? Math.min(content, dst.remaining()) : content);
                    int size = part.remaining();
                    if (type == STDOUT) {
                        dst.put(part);
                    } else {
                        other(part);
                    }
                    taken(received, size);
                }
            }
        }

        /** Takes headers and padding; true where content of a record is next. */
        private boolean isAtContent(ByteBuffer received) throws IOException {
            if (content > 0) {
                return true;
            }
            if (padding > 0) {
                int size = Math.min(padding, received.remaining());
                received.position(received.position() + size);
                padding -= size;
                return false;
            }
            while (received.hasRemaining() && header.hasRemaining()) {
                header.put(received.get());
            }
            if (header.hasRemaining()) {
                return false;
            }
            if (header.get(0) != 1) {
                request.log(Level.ERROR, MODULE, "AH01068: Got bogus version " + header.get(0));
                throw new IOException("Invalid argument");
            }
            if (header.getShort(2) != 1) {
                request.log(
                        Level.ERROR,
                        MODULE,
                        "AH01069: Got bogus rid " + (header.getShort(2) & 0xFFFF) + ", expected 1");
                throw new IOException("Invalid argument");
            }
            type = header.get(1);
            content = header.getShort(4) & 0xFFFF;
            padding = header.get(6) & 0xFF;
            header.clear();
            if (type == END_REQUEST && content == 0) {
                end();
            }
            return content > 0 && received.hasRemaining();
        }

        private static ByteBuffer part(ByteBuffer received, int most) {
            ByteBuffer part = received.duplicate();
            return part.limit(part.position() + Math.min(most, part.remaining()));
        }

        private void taken(ByteBuffer received, int size) throws IOException {
            received.position(received.position() + size);
            content -= size;
            if (content == 0 && type == END_REQUEST) {
                end();
                answer.endOrEmpty();
            }
        }

        /** What is no output: complaints for the log, the end, and what nobody asked for. */
        private void other(ByteBuffer part) {
            if (type == STDERR) {
                byte[] text = new byte[part.remaining()];
                part.get(text);
                request.log(
                        Level.ERROR,
                        MODULE,
                        "AH01071: Got error '" + new String(text, StandardCharsets.ISO_8859_1) + "'");
            } else if (type != END_REQUEST) {
                request.log(Level.ERROR, MODULE, "AH01072: Got bogus record " + type);
            }
            part.position(part.limit());
        }

        @Override
        void atClose(boolean inHead) throws IOException {
            request.log(Level.ERROR, MODULE, "AH01067: Failed to read FastCGI header");
            throw new EOFException("End of file found");
        }
    }
}
