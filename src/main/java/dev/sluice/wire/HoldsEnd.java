package dev.sluice.wire;

/**
 * The body of a request whose last byte need not end the request: Undertow gives nothing more to a reader afterwards, and what
 * filters made of the body would be lost.
 */
public interface HoldsEnd {
    /** The end of the body does not end the request until {@link #releaseEnd}. Before the first byte is read. */
    void holdEnd();

    /** The body has been read, in whatever form: the request ends with it. */
    void releaseEnd();
}
