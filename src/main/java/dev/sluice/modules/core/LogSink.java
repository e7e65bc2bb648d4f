package dev.sluice.modules.core;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a log's lines end up. Used by the log's writer thread alone. */
interface LogSink {
    /** Writes all of {@code lines}; on failure its position tells how far it came. */
    void write(ByteBuffer lines) throws IOException;

    /** Opens anew what may have been moved away. */
    void reopen() throws IOException;

    void close();
}
