package dev.sluice.modules.proxy;

import io.undertow.client.ClientRequest;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;

/** How many bytes the head of a request takes in HTTP/1.1. */
final class HeadSize {
    private static final int REQUEST_LINE = " ".length() + " HTTP/1.1\r\n".length();
    private static final int FIELD = ": ".length() + "\r\n".length();
    private static final int END = "\r\n".length();

    private HeadSize() {}

    static int of(ClientRequest request) {
        int size =
                REQUEST_LINE + request.getMethod().length() + request.getPath().length() + END;
        HeaderMap headers = request.getRequestHeaders();
        for (long cookie = headers.fastIterateNonEmpty(); cookie != -1L; cookie = headers.fiNextNonEmpty(cookie)) {
            HeaderValues values = headers.fiCurrent(cookie);
            for (int i = 0; i < values.size(); i++) {
                size += FIELD + values.getHeaderName().length() + values.get(i).length();
            }
        }
        return size;
    }
}
