package dev.sluice.wire.http2;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Speaks frames as a test wants them, right or wrong. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HeaderDecoder decoder = new HeaderDecoder();

    /** A frame as it came; the fields of a header block are those of {@code fields}, as {@code name: value}. */
    record Received(int type, int flags, int stream, ByteBuffer payload, List<String> fields) {
        boolean ends() {
            return type <= Frame.HEADERS && (flags & Frame.END_STREAM) != 0;
        }

        int number(int at) {
            return payload.getInt(at);
        }

        int size() {
            return payload.remaining();
        }

        String text() {
            return StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        }
    }

    RawClient(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    /** The other end of a connection that was accepted. */
    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(8000);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(socket.getOutputStream());
    }

    void preface(int... settings) throws IOException {
        write(FrameReader.PREFACE);
        settings(settings);
        await(frame -> frame.type() == Frame.SETTINGS && (frame.flags() & Frame.ACK) == 0);
        send(Frame.SETTINGS, Frame.ACK, 0, new byte[0]);
        await(frame -> frame.type() == Frame.SETTINGS && (frame.flags() & Frame.ACK) != 0);
    }

    /** The server's hello to a client that has said its own. */
    void welcome(int... settings) throws IOException {
        in.readFully(new byte[FrameReader.PREFACE.length]);
        settings(settings);
        send(Frame.SETTINGS, Frame.ACK, 0, new byte[0]);
        await(frame -> frame.type() == Frame.SETTINGS && (frame.flags() & Frame.ACK) != 0);
    }

    void settings(int... pairs) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(pairs.length * 3);
        for (int i = 0; i < pairs.length; i += 2) {
            payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
        send(Frame.SETTINGS, 0, 0, payload.array());
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        write(frame(type, flags, stream, payload));
    }

    void sendNumber(int type, int stream, int number) throws IOException {
        send(type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
    }

    void data(int stream, byte[] body, boolean end) throws IOException {
        send(Frame.DATA, end ? Frame.END_STREAM : 0, stream, body);
    }

    /** A request without a body, complete. */
    void get(int stream, String path) throws IOException {
        headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", "a.test", ":path", path);
    }

    /** A request whose body is to come. */
    void post(int stream, String path, String... more) throws IOException {
        List<String> fields =
                new ArrayList<>(List.of(":method", "POST", ":scheme", "http", ":authority", "a.test", ":path", path));
        fields.addAll(List.of(more));
        headers(stream, false, fields.toArray(new String[0]));
    }

    void headers(int stream, boolean end, String... fields) throws IOException {
        send(Frame.HEADERS, Frame.END_HEADERS | (end ? Frame.END_STREAM : 0), stream, block(fields));
    }

    /** Every field a literal that leaves the tables alone. */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length - 127;
        if (rest < 0) {
            block.write(bytes.length);
        } else {
            block.write(127);
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** An HTTP/1.1 head. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The next frame, or null when the connection has ended. */
    @Nullable
    Received next() throws IOException {
        try {
            int head = in.readInt();
            int flags = in.read();
            int stream = in.readInt();
            byte[] payload = new byte[head >>> 8];
            in.readFully(payload);
            List<String> fields = new ArrayList<>();
            if ((head & 0xff) == Frame.HEADERS) {
                ByteBuffer block = ByteBuffer.wrap(payload);
                int pad = (flags & Frame.PADDED) != 0 ? block.get() & 0xff : 0;
                block.limit(block.limit() - pad);
                decoder.decode(block, field -> fields.add(field.name + ": " + field.value));
            }
            return new Received(head & 0xff, flags, stream, ByteBuffer.wrap(payload), fields);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** The next frame that fits, others skipped. */
    Received await(Predicate<Received> fits) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (true) {
            Received frame = next();
            if (frame == null) {
                throw new AssertionError("the connection ended after" + seen);
            }
            if (fits.test(frame)) {
                return frame;
            }
            seen.append(" [type ")
                    .append(frame.type())
                    .append(" stream ")
                    .append(frame.stream())
                    .append(']');
        }
    }

    Received await(int type, int stream) throws IOException {
        return await(frame -> frame.type() == type && frame.stream() == stream);
    }

    /** The error code of the stream's reset. */
    String awaitReset(int stream) throws IOException {
        return Http2Error.name(await(Frame.RST_STREAM, stream).number(0));
    }

    /** The error code of the connection's end. */
    String awaitGoAway() throws IOException {
        return Http2Error.name(await(Frame.GOAWAY, 0).number(4));
    }

    /** Status and body of a stream's response, after a blank; windows are kept open. */
    String response(int stream) throws IOException {
        String status = "";
        StringBuilder body = new StringBuilder();
        while (true) {
            Received frame = await(each -> each.stream() == stream);
            if (frame.type() == Frame.HEADERS && status.isEmpty()) {
                status = frame.fields().get(0).substring(9);
            } else if (frame.type() == Frame.DATA && frame.size() > 0) {
                body.append(frame.text());
                sendNumber(Frame.WINDOW_UPDATE, 0, frame.size());
                if (!frame.ends()) {
                    sendNumber(Frame.WINDOW_UPDATE, stream, frame.size());
                }
            } else if (frame.type() == Frame.RST_STREAM) {
                return status + " reset " + Http2Error.name(frame.number(0));
            }
            if (frame.ends()) {
                return (status + " " + body).trim();
            }
        }
    }

    /** Whether the server closes, whatever it sends before. */
    boolean closed() throws IOException {
        Received frame = next();
        while (frame != null) {
            frame = next();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
