package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;

/** Gathers a response's header list, interim or final, and judges it (RFC 9113 section 8.3.2). */
final class ResponseHead implements HeaderDecoder.Fields {
    private final HeaderMap headers = new HeaderMap();
    private final int maxSize;
    private String flaw = "";
    private long size;
    private int status;
    private long contentLength = -1;
    private boolean regularSeen;

    ResponseHead(int maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public void field(HeaderField field) {
        size += field.size;
        if (size > maxSize) {
            flaw = "a header list above " + maxSize + " bytes";
        } else if (!field.wellFormed) {
            flaw = "header field '" + field.name + "' holds what it must not";
        } else if (field.kind == HeaderField.Kind.STATUS && status == 0 && !regularSeen) {
            status(field.value);
        } else if (field.kind.pseudo() || field.kind == HeaderField.Kind.CONNECTION_SPECIFIC) {
            flaw = "'" + field.name + "' where it does not belong";
        } else {
            regularSeen = true;
            regular(field);
        }
    }

    private void status(String value) {
        long parsed = HeaderRules.contentLength(value);
        if (value.length() != 3 || parsed < 100) {
            flaw = "status '" + value + "'";
        } else {
            status = (int) parsed;
        }
    }

    private void regular(HeaderField field) {
        if (field.kind == HeaderField.Kind.CONTENT_LENGTH) {
            long length = HeaderRules.contentLength(field.value);
            if (length < 0 || (contentLength >= 0 && contentLength != length)) {
                flaw = "content-length '" + field.value + "'";
            }
            contentLength = length;
            headers.put(field.name, field.value);
        } else {
            headers.add(field.name, field.value);
        }
    }

    /** What makes the response malformed, or an empty string. */
    String flaw() {
        return flaw.isEmpty() && status == 0 ? "a response without a status" : flaw;
    }

    int status() {
        return status;
    }

    HeaderMap headers() {
        return headers;
    }

    /** -1 for none. */
    long contentLength() {
        return contentLength;
    }
}
