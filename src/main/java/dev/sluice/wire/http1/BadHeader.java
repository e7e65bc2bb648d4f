package dev.sluice.wire.http1;

/** What a line in a response head means that is no header field: the words of {@code ProxyBadHeader}. */
public enum BadHeader {
    /** The response is refused. */
    IS_ERROR,
    /** The line is skipped. */
    IGNORE,
    /** The head ends before the line; the rest is the body. */
    START_BODY
}
