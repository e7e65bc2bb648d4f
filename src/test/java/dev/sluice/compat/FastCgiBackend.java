package dev.sluice.compat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A FastCGI application (the specification's responder). */
final class FastCgiBackend extends GatewayBackend {
    private static final int BEGIN_REQUEST = 1;
    private static final int END_REQUEST = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final int STDOUT = 6;
    private static final int STDERR = 7;
    private static final int MOST = 65_000;

    FastCgiBackend(String name, ServerSocket listening, Sightings sightings) {
        super(name, listening, sightings);
    }

    @Override
    @Nullable
    Asked read(DataInputStream in, Socket connection) throws IOException {
        boolean keeps = false;
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            if (in.read() < 0) {
                return null;
            }
            int type = in.readUnsignedByte();
            in.readUnsignedShort();
            int length = in.readUnsignedShort();
            int padding = in.readUnsignedByte();
            in.readUnsignedByte();
            byte[] content = all(in, length);
            all(in, padding);
            if (type == BEGIN_REQUEST) {
                keeps = (content[2] & 1) != 0;
            } else if (type == PARAMS) {
                parameters.writeBytes(content);
            } else if (type == STDIN && length > 0) {
                body.writeBytes(content);
            } else if (type == STDIN) {
                return new Asked(variables(parameters.toByteArray()), body.toByteArray(), keeps);
            }
        }
    }

    private static Map<String, String> variables(byte[] encoded) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
        while (in.available() > 0) {
            int name = length(in);
            int value = length(in);
            String key = new String(all(in, name), StandardCharsets.ISO_8859_1);
            variables.put(key, new String(all(in, value), StandardCharsets.ISO_8859_1));
        }
        return variables;
    }

    private static int length(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        return first < 128 ? first : (first & 127) << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    }

    private static void record(OutputStream out, int type, byte[] content, int from, int length) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        int padding = -length & 7;
        record.writeBytes(new byte[] {1, (byte) type, 0, 1, (byte) (length >> 8), (byte) length, (byte) padding, 0});
        record.write(content, from, length);
        record.writeBytes(new byte[padding]);
        out.write(record.toByteArray());
    }

    @Override
    void send(OutputStream out, byte[] part) throws IOException {
        for (int from = 0; from < part.length; from += MOST) {
            record(out, STDOUT, part, from, Math.min(MOST, part.length - from));
        }
    }

    @Override
    void complain(OutputStream out, String message) throws IOException {
        byte[] bytes = EchoBackend.bytes(message);
        record(out, STDERR, bytes, 0, bytes.length);
    }

    @Override
    boolean finish(OutputStream out, Asked asked) throws IOException {
        record(out, STDOUT, new byte[0], 0, 0);
        record(out, END_REQUEST, new byte[8], 0, 8);
        return asked.keepsConnection();
    }
}
