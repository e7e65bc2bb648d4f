package dev.sluice.wire.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the frames of the peer do, as far as the two roles agree. */
abstract class Incoming implements FrameReader.Frames {
    final HeaderDecoder decoder = new HeaderDecoder();
    private final Http2Session session;
    private @Nullable Http2Stream dataStream;
    private boolean dataEnds;
    private boolean settled;

    Incoming(Http2Session session) {
        this.session = session;
    }

    /** Whether {@code id} has been used, by whichever side its parity says. */
    abstract boolean used(int id);

    /** SETTINGS that only one role may get or care for. */
    abstract void setting(int id, int value) throws Http2Exception;

    abstract void settingsApplied();

    /** As {@link SendOrder#priority} makes it; {@code open} where the stream is. */
    abstract void prioritized(int id, long priority, boolean open);

    /** RFC 9218 section 7.1. */
    abstract void priorityUpdate(int stream, ByteBuffer payload) throws Http2Exception;

    /** A PING of ours came back. */
    abstract void pong(long data);

    void requireSettings() throws Http2Exception {
        if (!settled) {
            throw protocol("a connection whose first frame is not SETTINGS");
        }
    }

    @Override
    public void frame(int type, int flags, int stream, ByteBuffer payload) throws Http2Exception {
        if (type == Frame.SETTINGS) {
            settings(flags, stream, payload);
            return;
        }
        requireSettings();
        switch (type) {
            case Frame.PRIORITY -> priority(stream, payload);
            case Frame.RST_STREAM -> reset(stream, payload);
            case Frame.PING -> ping(flags, stream, payload);
            case Frame.GOAWAY -> goAway(stream, payload);
            case Frame.WINDOW_UPDATE -> windowUpdate(stream, payload);
            case Frame.PRIORITY_UPDATE -> priorityUpdate(stream, payload);
            case Frame.PUSH_PROMISE -> throw protocol("PUSH_PROMISE, which our SETTINGS forbid");
            default -> session.floods.other();
        }
    }

    private void settings(int flags, int stream, ByteBuffer payload) throws Http2Exception {
        boolean ack = (flags & Frame.ACK) != 0;
        if (stream != 0) {
            throw protocol("SETTINGS on stream " + stream);
        }
        if (payload.remaining() % 6 != 0 || (ack && payload.hasRemaining())) {
            throw size("SETTINGS", payload);
        }
        session.floods.settings();
        if (ack) {
            requireSettings();
            session.settingsAcknowledged();
            return;
        }
        settled = true;
        // Before what the new settings set free: the peer is to read first that they hold.
        session.out.settingsAck();
        session.flushSoon();
        readSettings(payload);
        settingsApplied();
    }

    /** The pairs of a SETTINGS frame, or of the HTTP2-Settings header of an upgrade. */
    final void readSettings(ByteBuffer payload) throws Http2Exception {
        while (payload.remaining() >= 6) {
            int id = payload.getShort();
            int value = payload.getInt();
            switch (id) {
                case Frame.SETTINGS_HEADER_TABLE_SIZE ->
                    session.out.encoder().peerTableSize(value < 0 ? Integer.MAX_VALUE : value);
                case Frame.SETTINGS_INITIAL_WINDOW_SIZE -> {
                    if (value < 0 || !session.peerInitialWindow(value)) {
                        throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "an initial window above 2^31-1");
                    }
                }
                case Frame.SETTINGS_MAX_FRAME_SIZE -> {
                    if (value < Frame.DEFAULT_SIZE || value > 0xffffff) {
                        throw protocol("a greatest frame of " + value + " bytes");
                    }
                    session.peerMaxFrame(value);
                }
                default -> setting(id, value);
            }
        }
    }

    private void priority(int id, ByteBuffer payload) throws Http2Exception {
        if (id == 0) {
            throw protocol("PRIORITY on stream 0");
        }
        session.floods.other();
        Http2Stream stream = session.streams.get(id);
        if (payload.remaining() != 5) {
            if (stream == null) {
                throw size("PRIORITY", payload);
            }
            streamError(stream, Http2Error.FRAME_SIZE_ERROR, "PRIORITY of " + payload.remaining() + " bytes");
            return;
        }
        int dependency = payload.getInt();
        if ((dependency & 0x7fffffff) != id) {
            prioritized(id, SendOrder.priority(dependency, payload.get()), stream != null);
        } else if (stream == null) {
            throw protocol("stream " + id + ", which depends on itself");
        } else {
            streamError(stream, Http2Error.PROTOCOL_ERROR, "a stream that depends on itself");
        }
    }

    private void reset(int id, ByteBuffer payload) throws Http2Exception {
        if (payload.remaining() != 4) {
            throw size("RST_STREAM", payload);
        }
        if (id == 0 || !used(id)) {
            throw protocol("RST_STREAM on stream " + id + ", which is idle");
        }
        Http2Stream stream = session.streams.get(id);
        if (stream == null) {
            session.floods.other();
            return;
        }
        int code = payload.getInt();
        session.forget(stream, Tombstones.Death.RESET_BY_PEER);
        stream.fail(resetFailure(id, code));
        resetByPeer(id);
    }

    /** For the limits of the server role. */
    abstract void resetByPeer(int id) throws Http2Exception;

    /** What a reset means to the one who waits for the stream. */
    IOException resetFailure(int id, int code) {
        return new IOException("stream " + id + " was reset by the peer: " + Http2Error.name(code));
    }

    private void ping(int flags, int stream, ByteBuffer payload) throws Http2Exception {
        if (stream != 0) {
            throw protocol("PING on stream " + stream);
        }
        if (payload.remaining() != 8) {
            throw size("PING", payload);
        }
        long data = payload.getLong();
        if ((flags & Frame.ACK) == 0) {
            session.floods.ping();
            session.out.ping(true, data);
            session.flushSoon();
        } else if (data == Farewell.PING) {
            session.farewell().pingReturned();
        } else {
            pong(data);
        }
    }

    private void goAway(int stream, ByteBuffer payload) throws Http2Exception {
        if (stream != 0) {
            throw protocol("GOAWAY on stream " + stream);
        }
        if (payload.remaining() < 8) {
            throw size("GOAWAY", payload);
        }
        session.peerLeaves(payload.getInt() & 0x7fffffff);
    }

    private void windowUpdate(int id, ByteBuffer payload) throws Http2Exception {
        if (payload.remaining() != 4) {
            throw size("WINDOW_UPDATE", payload);
        }
        int delta = payload.getInt() & 0x7fffffff;
        if (id == 0) {
            if (delta == 0) {
                throw protocol("a WINDOW_UPDATE by nothing");
            }
            if (!session.growSendWindow(delta)) {
                throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "a connection window above 2^31-1");
            }
            return;
        }
        Http2Stream stream = session.streams.get(id);
        if (stream == null) {
            if (!used(id)) {
                throw protocol("WINDOW_UPDATE on stream " + id + ", which is idle");
            }
        } else if (delta == 0) {
            streamError(stream, Http2Error.PROTOCOL_ERROR, "a WINDOW_UPDATE by nothing");
        } else if (!stream.growSendWindow(delta)) {
            streamError(stream, Http2Error.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        } else {
            stream.sink.ready();
        }
    }

    @Override
    public void dataBegins(int id, boolean end, int length, int bytes) throws Http2Exception {
        requireSettings();
        dataStream = null;
        if (id == 0 || !used(id)) {
            throw protocol("DATA on stream " + id + ", which is idle");
        }
        if (!session.takeReceiveWindow(length)) {
            throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "more DATA than the connection's window");
        }
        if (bytes == 0 && !end) {
            session.floods.emptyData();
        }
        Http2Stream stream = session.streams.get(id);
        if (stream == null) {
            session.credit(length);
            strayData(id);
            return;
        }
        StreamSource source = stream.source;
        if (source == null || stream.remoteEnded()) {
            session.credit(length);
            streamError(stream, Http2Error.STREAM_CLOSED, "DATA after the end of the stream");
        } else if (!stream.takeReceiveWindow(length)) {
            session.credit(length);
            streamError(stream, Http2Error.FLOW_CONTROL_ERROR, "more DATA than the stream's window");
        } else if (!stream.lengthAgrees(bytes, end)) {
            session.credit(length);
            streamError(stream, Http2Error.PROTOCOL_ERROR, "a body that is not as long as its content-length says");
        } else {
            source.owe(bytes);
            if (length > bytes) {
                session.credit(length - bytes);
                stream.credit(length - bytes);
            }
            dataStream = stream;
            dataEnds = end;
        }
    }

    private void strayData(int id) throws Http2Exception {
        session.floods.other();
        Tombstones.Death death = session.tombstones.of(id);
        if (death == Tombstones.Death.ENDED || death == Tombstones.Death.RESET_BY_PEER) {
            session.out.frame(Frame.RST_STREAM, id, Http2Error.STREAM_CLOSED);
            session.flushSoon();
            session.floods.streamError();
        }
    }

    @Override
    public void data(ByteBuffer piece, boolean last) {
        Http2Stream stream = dataStream;
        StreamSource source = stream == null ? null : stream.source;
        if (stream == null || source == null || stream.closed()) {
            return;
        }
        boolean end = last && dataEnds;
        if (end) {
            stream.endRemote();
        }
        source.receive(piece, end);
    }

    /** The peer broke a rule that ends one stream only. */
    final void streamError(Http2Stream stream, int code, String why) throws Http2Exception {
        session.reset(stream, code, new IOException(why + " (" + Http2Error.name(code) + ")"));
        session.floods.streamError();
    }

    static Http2Exception protocol(String message) {
        return new Http2Exception(Http2Error.PROTOCOL_ERROR, message);
    }

    private static Http2Exception size(String frame, ByteBuffer payload) {
        return new Http2Exception(Http2Error.FRAME_SIZE_ERROR, frame + " of " + payload.remaining() + " bytes");
    }
}
