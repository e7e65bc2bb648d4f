package dev.sluice.modules.proxy;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.wire.http1.Http1OpenListener;
import dev.sluice.wire.http1.Http1Options;
import dev.sluice.wire.http1.RawBackend;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A server on port 0 that proxies everything to one worker, and its error log. */
final class Front implements AutoCloseable, ErrorLog {
    private final XnioWorker xnio;
    private final AcceptingChannel<? extends StreamConnection> listener;
    private final Worker worker;
    private final DefaultByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024 - 20, -1, 12);
    private final List<String> log = new CopyOnWriteArrayList<>();

    Front(String url, WorkerParameters parameters, ProxySettings settings, LocationSettings location)
            throws IOException {
        this(url, parameters, settings, location, 1);
    }

    Front(String url, WorkerParameters parameters, ProxySettings settings, LocationSettings location, int threads)
            throws IOException {
        xnio = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, threads, Options.THREAD_DAEMON, true));
        ProxyUrl parsed = ProxyUrl.parse(url);
        if (parsed == null) {
            throw new IllegalArgumentException(url);
        }
        worker = new Worker(url, parsed, parameters, settings, this);
        ProxyHandler handler = new ProxyHandler(settings, location, this);
        HttpHandler root = exchange -> {
            String query = exchange.getQueryString();
            String uri = exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
            exchange.putAttachment(ProxyTarget.KEY, new ProxyTarget(worker, parsed, uri));
            handler.handleRequest(exchange);
        };
        Http1OpenListener http = new Http1OpenListener(pool, root, OptionMap.EMPTY, () -> Http1Options.DEFAULT);
        http.setHttp2(new Http2OpenListener(pool, root, OptionMap.EMPTY, () -> Http2Options.DEFAULT));
        listener = xnio.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(http),
                OptionMap.create(Options.TCP_NODELAY, true, Options.REUSE_ADDRESSES, true));
        listener.resumeAccepts();
    }

    static Front to(RawBackend backend) throws IOException {
        return to(backend, "");
    }

    /** @param parameters as they stand behind a ProxyPass */
    static Front to(RawBackend backend, String parameters) throws IOException {
        return to(backend, parameters, ProxySettings.ofDefaults("front.example"), LocationSettings.DEFAULT);
    }

    static Front to(RawBackend backend, String parameters, ProxySettings settings, LocationSettings location)
            throws IOException {
        return new Front("http://127.0.0.1:" + backend.port(), parameters(parameters), settings, location);
    }

    static WorkerParameters parameters(String text) {
        WorkerParameters.Reader reader = new WorkerParameters.Reader();
        for (String parameter : text.split(" ")) {
            if (!parameter.isEmpty()) {
                String[] pair = parameter.split("=", 2);
                String complaint = reader.set(pair[0], pair[1]);
                if (complaint != null) {
                    throw new IllegalArgumentException(complaint);
                }
            }
        }
        return reader.parameters();
    }

    int port() {
        return listener.getLocalAddress(InetSocketAddress.class).getPort();
    }

    Worker worker() {
        return worker;
    }

    /** The lines of the error log at level warn and above, without the module. */
    List<String> log() {
        return log;
    }

    Client client() throws IOException {
        return new Client(port());
    }

    /** What a connection gets that sends {@code request} and reads to the end. */
    String ask(String request) throws IOException {
        try (Client client = client()) {
            client.write(request);
            return client.readAll();
        }
    }

    /** A GET on a connection of its own. */
    String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: front.example\r\nConnection: close\r\n\r\n");
    }

    @Override
    public boolean keeps(Level level, String module) {
        return level.isKeptAt(Level.DEBUG);
    }

    @Override
    public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
        if (level.isKeptAt(Level.WARN)) {
            log.add(message);
        }
    }

    @Override
    public void close() {
        IoUtils.safeClose(listener);
        xnio.shutdownNow();
    }

    /** A client of bare sockets. */
    static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(15_000);
            in = socket.getInputStream();
        }

        Socket socket() {
            return socket;
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        String read(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        /** Up to and with {@code end}. */
        String readTo(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf(end) < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return text + "<END>";
                }
                text.append((char) octet);
            }
            return text.toString();
        }

        String readAll() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            in.transferTo(all);
            return all.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
