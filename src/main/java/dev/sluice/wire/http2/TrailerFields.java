package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;

/** Gathers the trailers of a message. They stand apart from its headers for good (RFC 9110 section 6.5.1). */
final class TrailerFields implements HeaderDecoder.Fields {
    private final HeaderMap fields = new HeaderMap();
    private final int maxSize;
    private long size;
    private boolean malformed;

    TrailerFields(int maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public void field(HeaderField field) {
        size += field.size;
        if (!field.wellFormed
                || field.kind.pseudo()
                || field.kind == HeaderField.Kind.CONNECTION_SPECIFIC
                || size > maxSize) {
            malformed = true;
        } else {
            fields.add(field.name, field.value);
        }
    }

    boolean malformed() {
        return malformed;
    }

    HeaderMap fields() {
        return fields;
    }
}
