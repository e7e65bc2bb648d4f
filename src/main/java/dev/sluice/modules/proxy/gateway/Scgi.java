package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.ScriptHead;
import dev.sluice.request.Request;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** SCGI: a netstring of variables, then the body. The answer ends with the connection. */
public final class Scgi {
    private Scgi() {}

    /**
     * Begins a request, whose variables are those of {@code request}.
     *
     * @param redirects whether the application may send the request to another path of this server
     */
    public static GatewayExchange begin(GatewayConnection connection, Request request, boolean redirects) {
        String length = request.environment().get("CONTENT_LENGTH");
        ByteBuffer head = head(request.environment().all(), length == null ? "0" : length);
        ScriptAnswer answer = new ScriptAnswer(new ScriptHead(request, "proxy_scgi", false), redirects, true);
        return new GatewayExchange(
                connection,
                new GatewaySink(connection.stream().getSinkChannel().getConduit(), head, GatewayFraming.NONE),
                new UntilClosed(connection, answer::take, answer::end),
                answer);
    }

    private static ByteBuffer head(Map<String, String> variables, String length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        word(out, "CONTENT_LENGTH");
        word(out, length);
        word(out, "SCGI");
        word(out, "1");
        variables.forEach((name, value) -> {
            if (!name.equals("CONTENT_LENGTH") && !name.equals("GATEWAY_INTERFACE")) {
                word(out, name);
                word(out, value);
            }
        });
        byte[] size = (out.size() + ":").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(size.length + out.size() + 1);
        return head.put(size).put(out.toByteArray()).put((byte) ',').flip();
    }

    private static void word(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
    }
}
