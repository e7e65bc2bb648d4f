package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;

/**
 * An answer that is sent unasked (RFC 9113 section 8.4).
 *
 * @param headers of the request that the client is told it stands for
 * @param critical whether it goes before the answer that brought it
 * @param weight among other pushed ones, 1 to 256; of no use for a critical one
 */
public record Push(String method, String authority, String path, HeaderMap headers, boolean critical, int weight) {
    private static final HttpString METHOD = new HttpString(":method");
    private static final HttpString SCHEME = new HttpString(":scheme");
    private static final HttpString AUTHORITY = new HttpString(":authority");
    private static final HttpString PATH = new HttpString(":path");

    Object[] pseudo(String scheme) {
        return new Object[] {METHOD, method, SCHEME, scheme, AUTHORITY, authority, PATH, path};
    }
}
