package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.http1.RawBackend;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request in, one request out, whatever stands in it; behind Undertow's own HTTP/2, which lets everything through. */
class SmugglingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(stream >> shift);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** Literal fields without indexing (RFC 7541, 6.2.2). */
    private static byte[] block(String... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.write(0);
            for (String text : List.of(fields[i], fields[i + 1])) {
                byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
                out.write(octets.length);
                out.writeBytes(octets);
            }
        }
        return out.toByteArray();
    }

    /** Sends one HTTP/2 request and waits for the first frame of its answer. */
    private static void askHttp2(Front front, byte[] headers) throws IOException {
        try (Front.Client client = front.client()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(frame(4, 0, 0, new byte[0]));
            all.writeBytes(frame(1, 5, 1, headers));
            client.socket().getOutputStream().write(all.toByteArray());
            DataInputStream in = new DataInputStream(client.socket().getInputStream());
            int stream = 0;
            while (stream == 0) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                stream = in.readInt();
                in.readNBytes(length);
                if (type == 7) {
                    return;
                }
            }
        } catch (java.io.EOFException e) {
            // A connection that is closed instead of an answer is as good.
            assertTrue(front.worker().pool().busy() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n",
                "b\r\nTransfer-Encoding: chunked",
                "b\nX-Evil: 1",
                "b\rc",
                "b\0c"
            })
    void aHeaderValueOverHttp2CannotEndTheHead(String value) throws Exception {
        try (RawBackend backend = RawBackend.answering(OK);
                Front front = Front.to(backend)) {

            askHttp2(front, block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/x", "x-a", value));
            askHttp2(front, block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/good"));

            assertEquals(1, backend.heads().size(), backend.heads().toString());
            assertTrue(backend.heads().get(0).startsWith("GET /good HTTP/1.1\r\n"));
        }
    }

    @Test
    void aPathOverHttp2CannotEndTheRequestLine() throws Exception {
        try (RawBackend backend = RawBackend.answering(OK);
                Front front = Front.to(backend)) {

            askHttp2(
                    front,
                    block(
                            ":method",
                            "GET",
                            ":scheme",
                            "http",
                            ":authority",
                            "a",
                            ":path",
                            "/x HTTP/1.1\r\nX: y\r\n\r\n"));

            assertEquals(List.of(), backend.heads());
        }
    }

    @Test
    void aConnectionFieldCannotTakeAwayWhatFramesTheRequest() throws Exception {
        try (RawBackend backend = new RawBackend(peer -> {
                    while (peer.readHead() != null) {
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                    }
                });
                Front front = Front.to(backend)) {

            String answer = front.ask("POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Connection: Content-Length, Host, X-Forwarded-For\r\nContent-Length: 3\r\n\r\nabc");

            assertTrue(answer.endsWith("abc"), answer);
            assertTrue(
                    backend.heads().get(0).contains("Content-Length: 3\r\n"),
                    backend.heads().get(0));
            assertTrue(
                    backend.heads().get(0).contains("X-Forwarded-For: 127.0.0.1\r\n"),
                    backend.heads().get(0));
        }
    }
}
