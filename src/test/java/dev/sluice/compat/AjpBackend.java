package dev.sluice.compat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A container that speaks AJP/1.3. It asks for a body piece by piece, and writes down what it was told. */
final class AjpBackend extends GatewayBackend {
    private static final List<String> FIELDS = List.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "authorization",
            "connection",
            "content-type",
            "content-length",
            "cookie",
            "cookie2",
            "host",
            "pragma",
            "referer",
            "user-agent");

    AjpBackend(String name, ServerSocket listening, Sightings sightings) {
        super(name, listening, sightings);
    }

    @Override
    @Nullable
    Asked read(DataInputStream in, Socket connection) throws IOException {
        while (true) {
            byte[] packet = packet(in);
            if (packet == null) {
                return null;
            }
            if (packet[0] == 10) {
                reply(connection.getOutputStream(), new byte[] {9});
            } else {
                Map<String, String> told = request(new DataInputStream(new ByteArrayInputStream(packet)));
                return new Asked(told, body(in, connection, told), true);
            }
        }
    }

    private static byte @Nullable [] packet(DataInputStream in) throws IOException {
        if (in.read() < 0) {
            return null;
        }
        in.readUnsignedByte();
        return all(in, in.readUnsignedShort());
    }

    private static void reply(OutputStream out, byte[] message) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(whole);
        data.writeBytes("AB");
        data.writeShort(message.length);
        data.write(message);
        out.write(whole.toByteArray());
    }

    private static byte[] body(DataInputStream in, Socket connection, Map<String, String> told) throws IOException {
        String length = told.get("field content-length");
        boolean chunked = "chunked".equals(told.get("field Transfer-Encoding"));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int wanted = length == null ? 0 : Integer.parseInt(length);
        boolean asks = chunked;
        while (chunked || body.size() < wanted) {
            if (asks) {
                reply(connection.getOutputStream(), new byte[] {6, 0x1F, (byte) 0xFA});
            }
            asks = true;
            byte[] packet = packet(in);
            if (packet == null || packet.length < 2) {
                break;
            }
            body.write(packet, 2, packet.length - 2);
        }
        return body.toByteArray();
    }

    private static Map<String, String> request(DataInputStream in) throws IOException {
        Map<String, String> told = new TreeMap<>();
        in.readUnsignedByte();
        told.put("method", Integer.toString(in.readUnsignedByte()));
        told.put("protocol", text(in));
        told.put("REQUEST_URI", text(in));
        told.put("remote address", text(in));
        told.put("remote host", text(in));
        told.put("server", text(in) + " " + in.readUnsignedShort());
        told.put("tls", Integer.toString(in.readUnsignedByte()));
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            String name = name(in);
            told.put("field " + name, text(in));
        }
        for (int code = in.readUnsignedByte(); code != 255; code = in.readUnsignedByte()) {
            String name = switch (code) {
                case 3 -> "user";
                case 5 -> "QUERY_STRING";
                case 6 -> "route";
                case 10 -> "attribute " + text(in);
                case 12 -> "secret";
                default -> "attribute number " + code;
            };
            told.put(name, code == 11 ? Integer.toString(in.readUnsignedShort()) : text(in));
        }
        told.replace("attribute AJP_REMOTE_PORT", "<port>");
        told.put("REQUEST_METHOD", "GET");
        return told;
    }

    private static String name(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        return (length & 0xFF00) == 0xA000 ? FIELDS.get((length & 255) - 1) : text(in, length);
    }

    private static String text(DataInputStream in) throws IOException {
        return text(in, in.readUnsignedShort());
    }

    private static String text(DataInputStream in, int length) throws IOException {
        if (length == 0xFFFF) {
            return "(none)";
        }
        String text = new String(all(in, length), StandardCharsets.ISO_8859_1);
        in.readUnsignedByte();
        return text;
    }

    @Override
    byte[] head(Asked asked, Instructions told) {
        return new byte[0];
    }

    @Override
    void begin(OutputStream out, Instructions told) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(message);
        String[] status = told.text("status", "200 Told").split(" ", 2);
        data.writeByte(4);
        data.writeShort(Integer.parseInt(status[0]));
        write(data, status.length > 1 ? status[1] : "");
        List<String> fields = new ArrayList<>(told.all("header"));
        data.writeShort(fields.size() + 1);
        data.writeShort(0xA001);
        write(data, told.text("type", "text/plain"));
        for (String field : fields) {
            String[] sides = field.split(":", 2);
            write(data, sides[0]);
            write(data, sides[1]);
        }
        reply(out, message.toByteArray());
    }

    private static void write(DataOutputStream data, String text) throws IOException {
        data.writeShort(text.length());
        data.writeBytes(text);
        data.writeByte(0);
    }

    @Override
    void send(OutputStream out, byte[] part) throws IOException {
        for (int from = 0; from < part.length; from += 8000) {
            int size = Math.min(8000, part.length - from);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(message);
            data.writeByte(3);
            data.writeShort(size);
            data.write(part, from, size);
            data.writeByte(0);
            reply(out, message.toByteArray());
        }
    }

    @Override
    boolean finish(OutputStream out, Asked asked) throws IOException {
        reply(out, new byte[] {5, 1});
        return true;
    }
}
