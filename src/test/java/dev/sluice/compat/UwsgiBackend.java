package dev.sluice.compat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A uwsgi application: a packet of variables, then the body; it answers in the form of HTTP. */
final class UwsgiBackend extends GatewayBackend {
    UwsgiBackend(String name, ServerSocket listening, Sightings sightings) {
        super(name, listening, sightings);
    }

    @Override
    @Nullable
    Asked read(DataInputStream in, Socket connection) throws IOException {
        if (in.read() < 0) {
            return null;
        }
        int length = little(in);
        in.readUnsignedByte();
        DataInputStream packet = new DataInputStream(new ByteArrayInputStream(all(in, length)));
        Map<String, String> variables = new LinkedHashMap<>();
        while (packet.available() > 0) {
            String key = text(packet);
            variables.put(key, text(packet));
        }
        String body = variables.getOrDefault("CONTENT_LENGTH", "");
        return new Asked(variables, all(in, body.isEmpty() ? 0 : Integer.parseInt(body)), false);
    }

    private static int little(DataInputStream in) throws IOException {
        int low = in.readUnsignedByte();
        return low | in.readUnsignedByte() << 8;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(all(in, little(in)), StandardCharsets.ISO_8859_1);
    }

    @Override
    byte[] head(Asked asked, Instructions told) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(told.text("status", "200 Told"))
                .append("\r\n");
        return fields(head, told);
    }

    @Override
    void send(OutputStream out, byte[] part) throws IOException {
        out.write(part);
    }

    @Override
    boolean finish(OutputStream out, Asked asked) {
        return false;
    }
}
