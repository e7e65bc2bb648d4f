package dev.sluice.modules.proxy;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.modules.proxy.gateway.GatewayConnection;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.wire.http1.Http1ClientConnection;
import dev.sluice.wire.http2.Http2ClientConnection;
import dev.sluice.wire.http2.Http2Options;
import dev.sluice.wire.local.LocalSockets;
import io.undertow.UndertowOptions;
import io.undertow.client.ClientConnection;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.ssl.SslConnection;

/** Opens connections to one backend: resolves, tries its addresses in turn, shakes hands. On the I/O thread it is given. */
final class BackendConnector {
    /** Takes the outcome, on the I/O thread. */
    interface Listener {
        void connected(ClientConnection connection);

        void failed(AcquireFailure failure);
    }

    private final ProxyUrl url;
    private final WorkerParameters parameters;
    private final ProxySettings settings;
    private final BackendAddresses addresses;
    private final OptionMap options;
    private volatile OptionMap tlsTerms = OptionMap.EMPTY;
    private volatile @Nullable UndertowXnioSsl ssl;
    private final ErrorLog log;

    BackendConnector(ProxyUrl url, WorkerParameters parameters, ProxySettings settings, ErrorLog log) {
        this.url = url;
        this.parameters = parameters;
        this.settings = settings;
        this.log = log;
        this.addresses = new BackendAddresses(url.host(), parameters.addressTtl());
        OptionMap.Builder sockets = OptionMap.builder().set(Options.TCP_NODELAY, true);
        if (parameters.keepAlive()) {
            sockets.set(Options.KEEP_ALIVE, true);
        }
        int receive =
                parameters.receiveBufferSize() > 0 ? parameters.receiveBufferSize() : settings.receiveBufferSize();
        if (receive > 0) {
            sockets.set(Options.RECEIVE_BUFFER, receive);
        }
        this.options = sockets.getMap();
    }

    /** Made with the first connection: SSLProxyEngine and its kin are known only then. */
    private @Nullable UndertowXnioSsl ssl() {
        UndertowXnioSsl known = ssl;
        if (known != null) {
            return known;
        }
        ProxyTlsPlan plan = settings.tls().get();
        if (plan == null) {
            return null;
        }
        OptionMap.Builder terms = OptionMap.builder()
                // The context's trust manager judges names.
                .set(UndertowOptions.ENDPOINT_IDENTIFICATION_ALGORITHM, "");
        if (!plan.protocols().isEmpty()) {
            terms.setSequence(Options.SSL_ENABLED_PROTOCOLS, plan.protocols().toArray(new String[0]));
        }
        if (!plan.ciphers().isEmpty()) {
            terms.setSequence(Options.SSL_ENABLED_CIPHER_SUITES, plan.ciphers().toArray(new String[0]));
        }
        tlsTerms = terms.getMap();
        known = new UndertowXnioSsl(Xnio.getInstance(), tlsTerms, plan.context());
        ssl = known;
        return known;
    }

    void connect(XnioIoThread thread, ByteBufferPool buffers, Listener listener) {
        String socket = url.socket();
        if (socket != null) {
            connectLocally(socket, thread, buffers, listener);
            return;
        }
        addresses.resolve(thread, (found, failure) -> {
            if (found == null) {
                listener.failed(
                        new AcquireFailure(AcquireFailure.Kind.UNRESOLVED, "(EAI 2)Name or service not known: "));
            } else {
                new Attempt(thread, buffers, found, listener).next();
            }
        });
    }

    private void connectLocally(String socket, XnioIoThread thread, ByteBufferPool buffers, Listener listener) {
        try {
            StreamConnection connection = LocalSockets.connect(thread, socket);
            new Attempt(thread, buffers, List.of(InetAddress.getLoopbackAddress()), listener).connected(connection);
        } catch (IOException e) {
            if (log.keeps(Level.ERROR, "proxy")) {
                log.log(
                        Level.ERROR,
                        "proxy",
                        Errno.of(e) + "AH02454: " + function() + ": attempt to connect to Unix domain socket " + socket
                                + " (" + url.host() + ":" + url.port() + ") failed");
            }
            listener.failed(new AcquireFailure(AcquireFailure.Kind.CONNECT, Errno.of(e)));
        }
    }

    /** What httpd's messages call the protocol. */
    private String function() {
        GatewayProtocol gateway = GatewayProtocol.of(url.scheme());
        return gateway == null ? url.scheme() : gateway.function();
    }

    private long timeoutMillis() {
        Duration own = parameters.connectionTimeout();
        if (own == null) {
            own = parameters.timeout();
        }
        return (own == null ? settings.timeout() : own).toMillis();
    }

    /** One connection being made. */
    private final class Attempt implements IoFuture.Notifier<StreamConnection, @Nullable Void> {
        private final XnioIoThread thread;
        private final ByteBufferPool buffers;
        private final List<InetAddress> all;
        private final Listener listener;
        private int index;
        private XnioExecutor.@Nullable Key timer;
        private boolean timedOut;
        private String reason = Errno.GENERAL;

        Attempt(XnioIoThread thread, ByteBufferPool buffers, List<InetAddress> all, Listener listener) {
            this.buffers = buffers;
            this.thread = thread;
            this.all = all;
            this.listener = listener;
        }

        void next() {
            if (index == all.size()) {
                addresses.forget();
                listener.failed(new AcquireFailure(AcquireFailure.Kind.CONNECT, reason));
                return;
            }
            InetSocketAddress destination = new InetSocketAddress(all.get(index), url.port());
            InetSocketAddress from = settings.sourceAddress();
            IoFuture<StreamConnection> future = from == null
                    ? thread.openStreamConnection(destination, null, options)
                    : thread.openStreamConnection(from, destination, null, null, options);
            timedOut = false;
            timer = thread.executeAfter(
                    () -> {
                        timedOut = true;
                        future.cancel();
                    },
                    timeoutMillis(),
                    TimeUnit.MILLISECONDS);
            future.addNotifier(this, null);
        }

        @Override
        public void notify(IoFuture<? extends StreamConnection> future, @Nullable Void nothing) {
            if (Thread.currentThread() != thread) {
                thread.execute(() -> notify(future, null));
                return;
            }
            if (timer != null) {
                timer.remove();
            }
            try {
                if (future.getStatus() == IoFuture.Status.DONE) {
                    connected(future.get());
                } else {
                    failed(timedOut ? Errno.TIMEOUT : Errno.of(future.getException()));
                }
            } catch (IOException e) {
                failed(Errno.of(e));
            } catch (IllegalStateException e) {
                failed(timedOut ? Errno.TIMEOUT : Errno.GENERAL);
            }
        }

        private void failed(String why) {
            reason = why;
            InetAddress address = all.get(index++);
            if (log.keeps(Level.ERROR, "proxy")) {
                log.log(
                        Level.ERROR,
                        "proxy",
                        why + "AH00957: " + function() + ": attempt to connect to " + printed(address) + ":"
                                + url.port() + " (" + url.host() + ":" + url.port() + ") failed");
            }
            next();
        }

        private void connected(StreamConnection connection) {
            if (!url.isTls()) {
                listener.connected(speaking(connection, buffers));
                return;
            }
            UndertowXnioSsl tls = ssl();
            if (tls == null) {
                IoUtils.safeClose(connection);
                withoutTls();
            } else {
                shakeHands(connection, tls);
            }
        }

        private void withoutTls() {
            log.log(
                    Level.ERROR,
                    "core",
                    "[remote " + printed(all.get(index)) + ":" + url.port()
                            + "] AH01961:  failed to enable ssl support [Hint: if using mod_ssl, see SSLProxyEngine]");
            log.log(
                    Level.ERROR,
                    "proxy",
                    "AH00961: " + url.scheme() + ": failed to enable ssl support for " + printed(all.get(index)) + ":"
                            + url.port() + " (" + url.host() + ")");
            listener.failed(new AcquireFailure(AcquireFailure.Kind.NO_TLS, ""));
        }

        private void shakeHands(StreamConnection clear, UndertowXnioSsl tls) {
            SslConnection connection;
            try {
                connection = tls.wrapExistingConnection(clear, tlsTerms, new URI("https://" + url.authority()));
            } catch (URISyntaxException e) {
                IoUtils.safeClose(clear);
                listener.failed(new AcquireFailure(AcquireFailure.Kind.HANDSHAKE, Errno.GENERAL));
                return;
            }
            if (url.isHttp2()) {
                SSLEngine engine = UndertowXnioSsl.getSslEngine(connection);
                SSLParameters terms = engine.getSSLParameters();
                terms.setApplicationProtocols(new String[] {"h2"});
                engine.setSSLParameters(terms);
            }
            Handshake handshake = new Handshake(connection, buffers, listener);
            handshake.start(timeoutMillis());
        }
    }

    /** A TLS handshake under way; it fails by a closed stream or by its time. */
    private final class Handshake extends Deadlines.Watch {
        private final SslConnection connection;
        private final ByteBufferPool buffers;
        private final Listener listener;
        private boolean over;

        Handshake(SslConnection connection, ByteBufferPool buffers, Listener listener) {
            this.buffers = buffers;
            this.connection = connection;
            this.listener = listener;
        }

        void start(long millis) {
            arm(TimeUnit.MILLISECONDS.toNanos(millis));
            connection.getHandshakeSetter().set(channel -> done());
            connection.setCloseListener(channel -> failed(Errno.GENERAL));
            connection.getSourceChannel().setReadListener(channel -> poke());
            connection.getSourceChannel().resumeReads();
            try {
                connection.startHandshake();
                connection.getSinkChannel().flush();
            } catch (IOException e) {
                failed(Errno.of(e));
            }
        }

        /** The handshake goes on by reading; before its end there is nothing to read. */
        private void poke() {
            if (over) {
                return;
            }
            try {
                int count = connection.getSourceChannel().read(ByteBuffer.allocate(0));
                if (count < 0) {
                    failed(Errno.GENERAL);
                }
            } catch (IOException e) {
                failed(Errno.of(e));
            }
        }

        private void done() {
            if (over) {
                return;
            }
            over = true;
            stop();
            connection.getSourceChannel().suspendReads();
            connection.getSourceChannel().setReadListener(null);
            if (url.isHttp2()
                    && !"h2".equals(UndertowXnioSsl.getSslEngine(connection).getApplicationProtocol())) {
                IoUtils.safeClose(connection);
                listener.failed(new AcquireFailure(AcquireFailure.Kind.HANDSHAKE, Errno.GENERAL));
                return;
            }
            listener.connected(speaking(connection, buffers));
        }

        private void failed(String why) {
            if (over) {
                return;
            }
            over = true;
            stop();
            IoUtils.safeClose(connection);
            listener.failed(new AcquireFailure(AcquireFailure.Kind.HANDSHAKE, why));
        }

        @Override
        void expired() {
            failed(Errno.TIMEOUT);
        }
    }

    private ClientConnection speaking(StreamConnection connection, ByteBufferPool buffers) {
        if (url.isGateway()) {
            return new GatewayConnection(connection, buffers);
        }
        return url.isHttp2()
                ? Http2ClientConnection.start(connection, buffers, Http2Options.DEFAULT)
                : new Http1ClientConnection(connection, buffers);
    }

    private static String printed(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    }
}
