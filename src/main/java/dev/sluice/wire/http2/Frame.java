package dev.sluice.wire.http2;

/** Frame types, flags, settings and sizes of RFC 9113. */
final class Frame {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    /** RFC 9218 section 7.1. */
    static final int PRIORITY_UPDATE = 0x10;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITIZED = 0x20;

    static final int SETTINGS_HEADER_TABLE_SIZE = 1;
    static final int SETTINGS_ENABLE_PUSH = 2;
    static final int SETTINGS_MAX_CONCURRENT_STREAMS = 3;
    static final int SETTINGS_INITIAL_WINDOW_SIZE = 4;
    static final int SETTINGS_MAX_FRAME_SIZE = 5;
    static final int SETTINGS_MAX_HEADER_LIST_SIZE = 6;
    static final int SETTINGS_ENABLE_CONNECT_PROTOCOL = 8;
    static final int SETTINGS_NO_RFC7540_PRIORITIES = 9;

    /** Bytes before each frame's payload. */
    static final int HEADER_SIZE = 9;

    /** Payload bytes that every endpoint must accept, and that we accept: SETTINGS_MAX_FRAME_SIZE is never raised. */
    static final int DEFAULT_SIZE = 16384;

    static final int DEFAULT_WINDOW = 65535;

    private Frame() {}
}
