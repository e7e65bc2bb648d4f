package dev.sluice.wire;

import dev.sluice.wire.http1.Http1OpenListener;
import dev.sluice.wire.http1.Http1Options;
import dev.sluice.wire.http1.ReadRate;
import dev.sluice.wire.http2.Http2OpenListener;
import dev.sluice.wire.http2.Http2Options;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** A port that speaks HTTP/1 and, by its preface, HTTP/2, on threads and buffers of its own; hears what escapes. */
final class Port implements AutoCloseable {
    final CountedPool pool = new CountedPool();
    final List<String> escaped = new CopyOnWriteArrayList<>();
    final Http1OpenListener http1;
    final Http2OpenListener http2;
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> channel;
    private final Logger log = Logger.getLogger("");
    private final Handler listening = new Listening();

    /** Reads the whole body, on a worker for paths that begin with /w, and answers with what it was; /0 does not read it. */
    static final HttpHandler ANSWER = Port::answer;

    Port(HttpHandler handler, Http2Options options, Duration timeout) throws IOException {
        log.addHandler(listening);
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 2)
                        .set(Options.WORKER_TASK_CORE_THREADS, 4)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        http2 = new Http2OpenListener(pool, handler, OptionMap.EMPTY, () -> options);
        Http1Options plain =
                new Http1Options(8190, 8190, 100, timeout, timeout, ReadRate.ANY, ReadRate.ANY, StatusCodes::getReason);
        http1 = new Http1OpenListener(pool, handler, OptionMap.EMPTY, () -> plain);
        http1.setHttp2(http2);
        channel = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(http1),
                OptionMap.create(Options.TCP_NODELAY, true, Options.BACKLOG, 1000));
        channel.resumeAccepts();
    }

    private static void answer(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.startsWith("/0")) {
            exchange.getResponseSender().send("unread");
        } else if (path.startsWith("/w") && exchange.isInIoThread()) {
            exchange.dispatch(Port::answerOnWorker);
        } else {
            exchange.getRequestReceiver()
                    .receiveFullBytes(
                            (read, body) -> read.getResponseSender().send(ByteBuffer.wrap(body)), (read, why) -> {
                                read.setStatusCode(400);
                                read.endExchange();
                            });
        }
    }

    private static void answerOnWorker(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        // Undertow's streams hold a buffer each until they are closed, whatever has become of the connection.
        InputStream in = exchange.getInputStream();
        OutputStream out = exchange.getOutputStream();
        try {
            out.write(in.readAllBytes());
        } finally {
            IoUtils.safeClose(in, out);
            exchange.endExchange();
        }
    }

    private final class Listening extends Handler {
        @Override
        public void publish(LogRecord line) {
            boolean client = line.getThrown() instanceof IOException;
            if (line.getLevel().intValue() >= Level.SEVERE.intValue() && !client) {
                escaped.add(line.getMessage() + " " + line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Waits up to ten seconds for all connections to end; how many have not. */
    int stillOpen() throws InterruptedException {
        long limit = System.nanoTime() + 10_000_000_000L;
        while (http1.activeConnections() + http2.activeSessions() > 0 && System.nanoTime() < limit) {
            Thread.sleep(10);
        }
        return http1.activeConnections() + http2.activeSessions();
    }

    int port() {
        return channel.getLocalAddress(InetSocketAddress.class).getPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        http1.closeConnections();
        http2.closeConnections();
        worker.shutdownNow();
        log.removeHandler(listening);
    }
}
