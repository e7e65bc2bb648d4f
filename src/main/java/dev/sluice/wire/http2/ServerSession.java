package dev.sluice.wire.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** The server's end of a connection: each request stream becomes an exchange that the root handler is given on the I/O thread. */
final class ServerSession extends Http2Session {
    final Http2OpenListener listener;
    final OptionMap undertowOptions;
    private final Requests incoming = new Requests();

    /** Exchanges that are not complete, those included whose stream the client has reset. */
    private final AtomicInteger running = new AtomicInteger();

    private int lastStream;

    ServerSession(StreamConnection connection, ByteBufferPool pool, Http2Options options, Http2OpenListener listener) {
        super(connection, pool, options);
        this.listener = listener;
        this.undertowOptions = listener.getUndertowOptions();
    }

    void start(@Nullable PooledByteBuffer first) {
        hello();
        begin(new FrameReader(incoming, true, 2 * options.maxHeaderListSize()), first);
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
        int connect = options.connectProtocol() ? 1 : 0;
        out.settings(
                Frame.SETTINGS_MAX_CONCURRENT_STREAMS,
                options.maxConcurrentStreams(),
                Frame.SETTINGS_INITIAL_WINDOW_SIZE,
                options.initialWindowSize(),
                Frame.SETTINGS_MAX_HEADER_LIST_SIZE,
                options.maxHeaderListSize(),
                Frame.SETTINGS_ENABLE_CONNECT_PROTOCOL,
                connect);
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
    void forgotten(Http2Stream stream) {}

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
            return (id & 1) == 1 && id <= lastStream;
        }

        @Override
        void setting(int id, int value) throws Http2Exception {
            if (id == Frame.SETTINGS_ENABLE_PUSH && value != 0 && value != 1) {
                throw protocol("SETTINGS_ENABLE_PUSH " + value);
            }
        }

        @Override
        void settingsApplied() {}

        @Override
        void pong(long data) {}

        @Override
        void resetByPeer() throws Http2Exception {
            floods.reset();
        }

        @Override
        public void headers(int id, boolean end, boolean selfDependent, ByteBuffer block) throws Http2Exception {
            requireSettings();
            Http2Stream stream = streams.get(id);
            if (stream instanceof ServerStream open) {
                trailers(open, end, block);
            } else if ((id & 1) == 0) {
                throw protocol("a request on stream " + id);
            } else if (id <= lastStream) {
                afterEnd(id, block);
            } else {
                request(id, end, selfDependent, block);
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

        private void request(int id, boolean end, boolean selfDependent, ByteBuffer block) throws Http2Exception {
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
            if (head.flaw() != null || selfDependent) {
                refuse(id, Http2Error.PROTOCOL_ERROR);
                floods.streamError();
                return;
            }
            ServerStream stream = new ServerStream(ServerSession.this, id, end);
            add(stream);
            stream.run(head);
        }

        /** A client that resets its requests does not get more of them worked on than twice as many as it may have open. */
        private boolean full() {
            int most = options.maxConcurrentStreams();
            return streams.size() >= most || running.get() / 2 >= most;
        }

        private void refuse(int id, int code) {
            out.frame(Frame.RST_STREAM, id, code);
            tombstones.add(id, Tombstones.Death.RESET_BY_US);
            flushSoon();
        }
    }
}
