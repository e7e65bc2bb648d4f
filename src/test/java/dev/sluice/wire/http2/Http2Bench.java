package dev.sluice.wire.http2;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import io.undertow.util.Headers;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * Serves our engine on port args[0] and Undertow's own on args[1], and both over TLS on args[2] and args[3] with the PKCS12 file args[4]
 * (password: secret), for h2load and h2spec by hand.
 */
final class Http2Bench {
    private static final byte[] BODY = "Hello, world.\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private Http2Bench() {}

    public static void main(String[] args) throws Exception {
        XnioWorker worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2, Options.TCP_NODELAY, true));
        DefaultByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024 - 20, -1, 12);
        ByteBuffer direct = ByteBuffer.allocateDirect(BODY.length);
        direct.put(BODY).flip();
        ByteBuffer big = ByteBuffer.allocateDirect(100_000);
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            if (exchange.getRequestURI().equals("/big")) {
                exchange.getResponseSender().send(big.duplicate());
            } else if (exchange.getRequestURI().equals("/echo")) {
                exchange.dispatch(() -> {
                    exchange.startBlocking();
                    try (InputStream in = exchange.getInputStream();
                            OutputStream out = exchange.getOutputStream()) {
                        in.transferTo(out);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    exchange.endExchange();
                });
            } else if (exchange.isRequestComplete()) {
                exchange.getResponseSender().send(direct.duplicate());
            } else {
                exchange.getRequestReceiver().receiveFullBytes((done, body) -> done.getResponseSender()
                        .send(direct.duplicate()));
            }
        };
        OptionMap options = OptionMap.create(
                UndertowOptions.DECODE_URL, false, UndertowOptions.MAX_CONCURRENT_REQUESTS_PER_CONNECTION, 100);
        dev.sluice.wire.http2.Http2OpenListener ours =
                new dev.sluice.wire.http2.Http2OpenListener(pool, handler, OptionMap.EMPTY, () -> Http2Options.DEFAULT);
        Http2OpenListener stock = new Http2OpenListener(pool, options);
        stock.setRootHandler(handler);
        OptionMap server = OptionMap.builder()
                .set(Options.BACKLOG, 1000)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.TCP_NODELAY, true)
                .getMap();
        worker.createStreamConnectionServer(
                        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
                        ChannelListeners.openListenerAdapter(ours),
                        server)
                .resumeAccepts();
        worker.createStreamConnectionServer(
                        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])),
                        ChannelListeners.openListenerAdapter(stock),
                        server)
                .resumeAccepts();
        if (args.length > 4) {
            tls(worker, pool, args[4], Integer.parseInt(args[2]), ours);
            tls(worker, pool, args[4], Integer.parseInt(args[3]), stock);
        }
        System.out.println("ready");
    }

    private static void tls(XnioWorker worker, ByteBufferPool pool, String keys, int port, DelegateOpenListener h2)
            throws Exception {
        KeyStore store = KeyStore.getInstance(new java.io.File(keys), "secret".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        AlpnOpenListener alpn = new AlpnOpenListener(pool, OptionMap.EMPTY);
        alpn.addProtocol("h2", h2, 10);
        new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, context)
                .createSslConnectionServer(
                        worker,
                        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port),
                        ChannelListeners.openListenerAdapter(alpn),
                        OptionMap.create(Options.TCP_NODELAY, true))
                .resumeAccepts();
    }
}
