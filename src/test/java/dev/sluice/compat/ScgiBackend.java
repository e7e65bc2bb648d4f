package dev.sluice.compat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An SCGI application: a netstring of variables, then the body; the answer ends with the connection. */
final class ScgiBackend extends GatewayBackend {
    ScgiBackend(String name, ServerSocket listening, Sightings sightings) {
        super(name, listening, sightings);
    }

    @Override
    @Nullable
    Asked read(DataInputStream in, Socket connection) throws IOException {
        StringBuilder length = new StringBuilder();
        for (int c = in.read(); c != ':'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            length.append((char) c);
        }
        byte[] head = all(in, Integer.parseInt(length.toString()));
        in.readUnsignedByte();
        String[] words = new String(head, StandardCharsets.ISO_8859_1).split("\0", -1);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            variables.put(words[i], words[i + 1]);
        }
        int body = Integer.parseInt(variables.getOrDefault("CONTENT_LENGTH", "0"));
        return new Asked(variables, all(in, body), false);
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
