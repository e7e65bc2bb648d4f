package dev.sluice.wire.http2;

import dev.sluice.wire.NotProcessed;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection.PingListener;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/** The client's end of a connection: opens streams as far as the server allows, and hands its answers to the exchanges. */
final class ClientSession extends Http2Session {
    /** What a server is taken to allow before its SETTINGS say. */
    private static final int STREAMS_AT_FIRST = 100;

    private final Http2ClientConnection owner;
    private final Answers incoming = new Answers();
    private final Map<Long, Ping> pings = new HashMap<>();
    private int nextStream = 1;
    private int peerMaxStreams = STREAMS_AT_FIRST;
    private long nextPing;
    private boolean leaving;
    private boolean connectProtocol;

    private record Ping(PingListener listener, XnioExecutor.Key timer) {}

    ClientSession(StreamConnection connection, ByteBufferPool pool, Http2Options options, Http2ClientConnection owner) {
        super(connection, pool, options);
        this.owner = owner;
    }

    void start() {
        out.bytes(FrameReader.PREFACE);
        out.settings(
                Frame.SETTINGS_ENABLE_PUSH,
                0,
                Frame.SETTINGS_INITIAL_WINDOW_SIZE,
                options.initialWindowSize(),
                Frame.SETTINGS_MAX_HEADER_LIST_SIZE,
                options.maxHeaderListSize());
        begin(new FrameReader(incoming, false, 2 * options.maxHeaderListSize()), null);
    }

    int available() {
        return !isOpen() || leaving || farewell().begun() || nextStream < 0
                ? 0
                : Math.max(0, peerMaxStreams - streams.size());
    }

    void open(ClientRequest request, ClientCallback<ClientExchange> callback) {
        if (available() == 0) {
            callback.failed(new NotProcessed("the connection takes no more streams"));
            return;
        }
        if (request.getAttachment(Http2ServerConnection.CONNECT_PROTOCOL) != null && !connectProtocol) {
            callback.failed(new NotProcessed("the peer does not offer extended CONNECT"));
            return;
        }
        ClientStream stream = new ClientStream(this, nextStream, request, owner);
        nextStream += 2;
        add(stream);
        stream.begin();
        flushSoon();
        callback.completed(stream.exchange());
    }

    void ping(PingListener listener, long time, TimeUnit unit) {
        if (!isOpen()) {
            listener.failed(new IOException("the connection is closed"));
            return;
        }
        long id = nextPing++;
        pings.put(id, new Ping(listener, ioThread.executeAfter(() -> pingFailed(id), time, unit)));
        out.ping(false, id);
        flushSoon();
    }

    private void pingFailed(long id) {
        Ping late = pings.remove(id);
        if (late != null) {
            late.listener().failed(new IOException("no answer to a PING"));
        }
    }

    @Override
    boolean isServer() {
        return false;
    }

    @Override
    int lastPeerStream() {
        return 0;
    }

    @Override
    void forgotten(Http2Stream stream) {
        owner.streamFreed();
    }

    @Override
    void over(IOException why) {
        for (Ping ping : pings.values()) {
            ping.timer().remove();
            ping.listener().failed(why);
        }
        pings.clear();
        owner.closed();
    }

    @Override
    void peerLeaves(int last) {
        leaving = true;
        streams.forEach(stream -> {
            if (stream.id > last) {
                forget(stream, Tombstones.Death.RESET_BY_PEER);
                stream.fail(
                        new NotProcessed("the peer closes the connection and has not looked at stream " + stream.id));
            }
        });
        farewell().peerLeft();
    }

    @Override
    void giveUpReading(Http2Stream stream) {
        if (!stream.remoteEnded()) {
            reset(stream, Http2Error.CANCEL, new IOException("the response is not wanted"));
        }
    }

    private final class Answers extends Incoming {
        Answers() {
            super(ClientSession.this);
        }

        @Override
        boolean used(int id) {
            return (id & 1) == 1 && id < nextStream;
        }

        @Override
        void setting(int id, int value) throws Http2Exception {
            if (id == Frame.SETTINGS_MAX_CONCURRENT_STREAMS) {
                peerMaxStreams = value < 0 ? Integer.MAX_VALUE : value;
            } else if (id == Frame.SETTINGS_ENABLE_PUSH && value != 0) {
                throw protocol("SETTINGS_ENABLE_PUSH " + value + " of a server");
            } else if (id == Frame.SETTINGS_ENABLE_CONNECT_PROTOCOL) {
                connectProtocol = value == 1;
            }
        }

        @Override
        void settingsApplied() {
            owner.streamFreed();
        }

        @Override
        void pong(long data) {
            Ping answered = pings.remove(data);
            if (answered != null) {
                answered.timer().remove();
                answered.listener().acknowledged();
            }
        }

        @Override
        void resetByPeer(int id) {}

        @Override
        void prioritized(int id, long priority, boolean open) {}

        @Override
        void priorityUpdate(int stream, ByteBuffer payload) throws Http2Exception {
            floods.other();
        }

        @Override
        IOException resetFailure(int id, int code) {
            return code == Http2Error.REFUSED_STREAM
                    ? new NotProcessed("stream " + id + " was refused by the peer")
                    : super.resetFailure(id, code);
        }

        @Override
        public void headers(int id, boolean end, long priority, ByteBuffer block) throws Http2Exception {
            requireSettings();
            @Nullable Http2Stream stream = streams.get(id);
            if (!used(id)) {
                throw protocol("HEADERS on stream " + id + ", which is idle");
            }
            if (!(stream instanceof ClientStream open)) {
                decoder.decode(block, field -> {});
                floods.other();
            } else if (open.remoteEnded()) {
                decoder.decode(block, field -> {});
                streamError(open, Http2Error.STREAM_CLOSED, "HEADERS after the end of the stream");
            } else if (open.expectsHead()) {
                answer(open, end, block);
            } else {
                trailers(open, end, block);
            }
        }

        private void answer(ClientStream stream, boolean end, ByteBuffer block) throws Http2Exception {
            ResponseHead head = new ResponseHead(options.maxHeaderListSize());
            decoder.decode(block, head);
            if (!head.flaw().isEmpty()) {
                streamError(stream, Http2Error.PROTOCOL_ERROR, head.flaw());
            } else if (head.status() >= 200) {
                if (!stream.respond(head, end)) {
                    streamError(
                            stream,
                            Http2Error.PROTOCOL_ERROR,
                            "no body where content-length says " + head.contentLength());
                }
            } else if (end || head.status() == 101) {
                streamError(
                        stream,
                        Http2Error.PROTOCOL_ERROR,
                        "an interim response with status " + head.status() + " that ends the stream");
            } else {
                stream.interim(head);
            }
        }

        private void trailers(ClientStream stream, boolean end, ByteBuffer block) throws Http2Exception {
            TrailerFields trailers = new TrailerFields(options.maxHeaderListSize());
            decoder.decode(block, trailers);
            if (!end || trailers.malformed() || !stream.lengthAgrees(0, true)) {
                streamError(stream, Http2Error.PROTOCOL_ERROR, "malformed trailers");
            } else {
                stream.endWithTrailers(trailers.fields());
            }
        }
    }
}
