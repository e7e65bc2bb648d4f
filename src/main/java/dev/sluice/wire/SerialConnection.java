package dev.sluice.wire;

/** A connection to a backend that carries one request at a time. For its I/O thread alone. */
public interface SerialConnection {
    /** Whether it is open and its last exchange has ended so that another may follow. */
    boolean isIdle();

    /** As {@link #isIdle}, the socket having been asked whether the other side has closed it: one read. */
    boolean isAlive();
}
