package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;

/** The server's end of a connection: each request stream becomes an exchange that the root handler is given on the I/O thread. */
final class ServerSession extends Http2Session {
    final Http2OpenListener listener;
    final OptionMap undertowOptions;
    private final Requests incoming = new Requests();

    /** Exchanges that are not complete, those included whose stream the client has reset. */
    private final AtomicInteger running = new AtomicInteger();

    private final PushDiary diary;
    private int lastStream;
    private int lastPush;
    private int pushesOpen;
    private int peerMaxPushes = Integer.MAX_VALUE;
    private volatile boolean peerTakesPushes = true;
    private boolean treeIgnored;

    ServerSession(StreamConnection connection, ByteBufferPool pool, Http2Options options, Http2OpenListener listener) {
        super(connection, pool, options);
        this.listener = listener;
        this.undertowOptions = listener.getUndertowOptions();
        this.diary = new PushDiary(options.output().pushDiarySize());
    }

    @Override
    boolean isServer() {
        return true;
    }

    void start(@Nullable PooledByteBuffer first) {
        if (options.output().modernTlsOnly()
                && connection instanceof SslChannel secure
                && !modern(secure.getSslSession())) {
            giveUp(Http2Error.INADEQUATE_SECURITY, "TLS that HTTP/2 does not admit");
        } else {
            hello();
        }
        begin(new FrameReader(incoming, true, 2 * options.maxHeaderListSize()), first);
    }

    /** TLS 1.2 with a suite that RFC 9113 Appendix A does not list, or what came later. */
    private static boolean modern(SSLSession session) {
        if (session.getProtocol().equals("TLSv1.3")) {
            return true;
        }
        String suite = session.getCipherSuite();
        return session.getProtocol().equals("TLSv1.2")
                && suite.contains("DHE_")
                && (suite.contains("_GCM_") || suite.contains("_CCM") || suite.contains("_CHACHA20_"));
    }

    /** Begins behind an HTTP/1.1 request that asked for the upgrade; it is the first stream, and has no body left. */
    void startUpgraded(HttpServerExchange initial, ByteBuffer settings) throws IOException {
        incoming.readSettings(settings);
        hello();
        lastStream = 1;
        ServerStream stream = new ServerStream(this, 1, true);
        add(stream);
        begin(new FrameReader(incoming, true, 2 * options.maxHeaderListSize()), null);
        stream.runUpgraded(initial);
        flushSoon();
    }

    private void hello() {
        if (options.connectProtocol()) {
            out.settings(
                    Frame.SETTINGS_MAX_CONCURRENT_STREAMS,
                    options.maxConcurrentStreams(),
                    Frame.SETTINGS_INITIAL_WINDOW_SIZE,
                    options.initialWindowSize(),
                    Frame.SETTINGS_MAX_HEADER_LIST_SIZE,
                    options.maxHeaderListSize(),
                    Frame.SETTINGS_ENABLE_CONNECT_PROTOCOL,
                    1);
        } else {
            out.settings(
                    Frame.SETTINGS_MAX_CONCURRENT_STREAMS,
                    options.maxConcurrentStreams(),
                    Frame.SETTINGS_INITIAL_WINDOW_SIZE,
                    options.initialWindowSize(),
                    Frame.SETTINGS_MAX_HEADER_LIST_SIZE,
                    options.maxHeaderListSize());
        }
    }

    // --- pushes

    /** Whether answers may be pushed to this client. Any thread. */
    boolean pushes() {
        return options.output().push() && peerTakesPushes;
    }

    /** Announces and begins an answer that nobody asked for, unless it was made before or has no place. */
    void push(ServerStream on, Push push) {
        if (!pushes() || !isOpen() || farewell().begun() || on.closed() || on.localEnded() || lastPush < 0) {
            return;
        }
        if (pushesOpen >= Math.min(peerMaxPushes, options.maxConcurrentStreams())
                || !diary.enter(scheme(), push.authority(), push.path())) {
            return;
        }
        lastPush += 2;
        out.promise(on.id, lastPush, push.pseudo(scheme()), push.headers());
        ServerStream stream = new ServerStream(this, lastPush, true);
        pushesOpen++;
        add(stream);
        order.push(stream.id, on.id, push.critical() ? SendOrder.Pushed.BEFORE : SendOrder.Pushed.AFTER, push.weight());
        flushSoon();
        // Later, since whoever answers now has not written its head yet.
        ioThread.execute(() -> stream.runPushed(on, push));
    }

    String scheme() {
        return transport.secure() ? "https" : "http";
    }

    HttpHandler rootHandler() {
        return listener.getRootHandler();
    }

    void exchangeBegan() {
        running.incrementAndGet();
    }

    void exchangeEnded() {
        running.decrementAndGet();
    }

    @Override
    int lastPeerStream() {
        return Math.min(lastStream, farewell().lastStream());
    }

    @Override
    void forgotten(Http2Stream stream) {
        if ((stream.id & 1) == 0) {
            pushesOpen--;
        }
    }

    @Override
    void over(IOException why) {
        listener.sessionOver(this);
    }

    @Override
    void peerLeaves(int last) {
        farewell().peerLeft();
    }

    /** After the answer is complete the rest of the request is of no use (RFC 9113 section 8.1); before, it is read and dropped. */
    @Override
    void giveUpReading(Http2Stream stream) {
        if (stream.localEnded() && !stream.remoteEnded()) {
            reset(stream, Http2Error.NO_ERROR, new IOException("the answer did not wait for the request"));
        }
    }

    private final class Requests extends Incoming {
        Requests() {
            super(ServerSession.this);
        }

        @Override
        boolean used(int id) {
            return (id & 1) == 1 ? id <= lastStream : id <= lastPush;
        }

        @Override
        void setting(int id, int value) throws Http2Exception {
            switch (id) {
                case Frame.SETTINGS_ENABLE_PUSH -> {
                    if (value != 0 && value != 1) {
                        throw protocol("SETTINGS_ENABLE_PUSH " + value);
                    }
                    peerTakesPushes = value == 1;
                }
                case Frame.SETTINGS_MAX_CONCURRENT_STREAMS -> peerMaxPushes = value < 0 ? Integer.MAX_VALUE : value;
                case Frame.SETTINGS_NO_RFC7540_PRIORITIES -> treeIgnored = value == 1;
                default -> {}
            }
        }

        @Override
        void settingsApplied() {}

        @Override
        void pong(long data) {}

        @Override
        void resetByPeer(int id) throws Http2Exception {
            if ((id & 1) == 1) {
                floods.reset();
            }
        }

        @Override
        void prioritized(int id, long priority, boolean open) {
            if (!treeIgnored && (open || id > lastStream)) {
                order.prioritize(id, priority, open);
            }
        }

        @Override
        void priorityUpdate(int stream, ByteBuffer payload) throws Http2Exception {
            if (stream != 0) {
                throw protocol("PRIORITY_UPDATE on stream " + stream);
            }
            if (payload.remaining() < 4) {
                throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "PRIORITY_UPDATE without a stream");
            }
            floods.other();
            int id = payload.getInt() & 0x7fffffff;
            if (id == 0) {
                throw protocol("PRIORITY_UPDATE of stream 0");
            }
            boolean open = streams.get(id) != null;
            if (open || id > lastStream) {
                Urgency.read(StandardCharsets.ISO_8859_1.decode(payload).toString())
                        .applyTo(order, id, open);
            }
        }

        @Override
        public void headers(int id, boolean end, long priority, ByteBuffer block) throws Http2Exception {
            requireSettings();
            Http2Stream stream = streams.get(id);
            if (stream instanceof ServerStream open) {
                trailers(open, end, block);
            } else if ((id & 1) == 0) {
                throw protocol("a request on stream " + id);
            } else if (id <= lastStream) {
                afterEnd(id, block);
            } else {
                request(id, end, priority, block);
            }
        }

        private void trailers(ServerStream stream, boolean end, ByteBuffer block) throws Http2Exception {
            TrailerFields trailers = new TrailerFields(options.maxHeaderListSize());
            decoder.decode(block, trailers);
            if (stream.remoteEnded()) {
                streamError(stream, Http2Error.STREAM_CLOSED, "HEADERS after the end of the stream");
            } else if (!end || trailers.malformed() || !stream.lengthAgrees(0, true)) {
                streamError(stream, Http2Error.PROTOCOL_ERROR, "malformed trailers");
            } else {
                stream.endWithTrailers(trailers.fields());
            }
        }

        private void afterEnd(int id, ByteBuffer block) throws Http2Exception {
            decoder.decode(block, field -> {});
            Tombstones.Death death = tombstones.of(id);
            if (death == Tombstones.Death.UNKNOWN) {
                throw protocol("stream " + id + " behind stream " + lastStream);
            }
            if (death != Tombstones.Death.RESET_BY_US) {
                throw new Http2Exception(Http2Error.STREAM_CLOSED, "HEADERS on stream " + id + ", which is closed");
            }
            floods.other();
        }

        private void request(int id, boolean end, long priority, ByteBuffer block) throws Http2Exception {
            RequestHead head = new RequestHead(options);
            decoder.decode(block, head);
            lastStream = id;
            if (id > farewell().lastStream()) {
                return;
            }
            if (full()) {
                refuse(id, Http2Error.REFUSED_STREAM);
                floods.reset();
                return;
            }
            head.complete(end);
            boolean selfDependent = priority >= 0 && ((int) (priority >>> 8) & 0x7fffffff) == id;
            if (head.flaw() != null || selfDependent) {
                refuse(id, Http2Error.PROTOCOL_ERROR);
                floods.streamError();
                return;
            }
            ServerStream stream = new ServerStream(ServerSession.this, id, end);
            add(stream);
            order.opened(id);
            if (priority >= 0) {
                prioritized(id, priority, true);
            }
            String urgency = head.headers().getFirst(Urgency.HEADER);
            if (urgency != null) {
                Urgency.read(urgency).applyTo(order, id, true);
            }
            stream.run(head);
        }

        /** A client that resets its requests does not get more of them worked on than twice as many as it may have open. */
        private boolean full() {
            int most = options.maxConcurrentStreams();
            return streams.size() - pushesOpen >= most || (running.get() - pushesOpen) / 2 >= most;
        }

        private void refuse(int id, int code) {
            out.frame(Frame.RST_STREAM, id, code);
            tombstones.add(id, Tombstones.Death.RESET_BY_US);
            flushSoon();
        }
    }
}
