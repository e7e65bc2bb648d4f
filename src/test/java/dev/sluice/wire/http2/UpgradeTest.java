package dev.sluice.wire.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

@Timeout(30)
final class UpgradeTest {
    private static final HttpHandler SHOW = exchange -> exchange.getResponseSender()
            .send(exchange.getProtocol() + " " + exchange.getRequestURI() + " " + exchange.getQueryString() + " "
                    + exchange.getRequestHeaders().getFirst(Headers.HOST) + " "
                    + exchange.getRequestHeaders().contains(Headers.UPGRADE));

    @Test
    void theRequestThatAskedIsAnsweredAsTheFirstStream() throws Exception {
        Http2OpenListener h2 =
                new Http2OpenListener(TestServer.POOL, SHOW, OptionMap.EMPTY, () -> Http2Options.DEFAULT);
        HttpOpenListener h1 =
                new HttpOpenListener(TestServer.POOL, OptionMap.create(UndertowOptions.DECODE_URL, false));
        h1.setRootHandler(exchange -> {
            String settings = exchange.getRequestHeaders().getFirst("HTTP2-Settings");
            exchange.getResponseHeaders().put(Headers.UPGRADE, "h2c");
            exchange.upgradeChannel(h2.upgrade(settings));
            exchange.endExchange();
        });
        AcceptingChannel<StreamConnection> channel = TestServer.WORKER.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(h1),
                OptionMap.EMPTY);
        channel.resumeAccepts();

        try (RawClient client = new RawClient(channel.getLocalAddress(InetSocketAddress.class))) {
            String request = String.join(
                    "\r\n",
                    "GET /a%20b?q HTTP/1.1",
                    "Host: a.test",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAQAAAAC",
                    "",
                    "");
            client.write(request.getBytes(StandardCharsets.US_ASCII));
            String switching = client.head();
            client.write(FrameReader.PREFACE);
            client.settings();
            RawClient.Received first = client.await(Frame.DATA, 1);
            client.sendNumber(Frame.WINDOW_UPDATE, 1, 1000);
            RawClient.Received rest = client.await(Frame.DATA, 1);
            client.get(3, "/next");

            assertTrue(switching.startsWith("HTTP/1.1 101 "), switching);
            assertEquals("HT", first.text());
            assertEquals("TP/2.0 /a%20b q a.test false", rest.text());
            assertEquals(Frame.HEADERS, client.await(Frame.HEADERS, 3).type());
        } finally {
            h2.closeConnections();
            IoUtils.safeClose(channel);
        }
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        Http2OpenListener h2 =
                new Http2OpenListener(TestServer.POOL, SHOW, OptionMap.EMPTY, () -> Http2Options.DEFAULT);

        assertThrows(IllegalArgumentException.class, () -> h2.upgrade("AAQ"));
        assertThrows(IllegalArgumentException.class, () -> h2.upgrade("***"));
    }
}
