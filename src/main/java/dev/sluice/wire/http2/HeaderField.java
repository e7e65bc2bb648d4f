package dev.sluice.wire.http2;

import io.undertow.util.HttpString;

/**
 * A header field as HPACK knows it. What a field is and whether it is well formed is found once, when the field is made: a field that
 * comes out of the dynamic table is not looked at again.
 */
final class HeaderField {
    /** What the field means to a request or a response. */
    enum Kind {
        REGULAR(false),
        METHOD(true),
        SCHEME(true),
        AUTHORITY(true),
        PATH(true),
        PROTOCOL(true),
        STATUS(true),
        UNKNOWN_PSEUDO(true),
        CONNECTION_SPECIFIC(false),
        TE(false),
        HOST(false),
        COOKIE(false),
        CONTENT_LENGTH(false);

        private final boolean pseudo;

        Kind(boolean pseudo) {
            this.pseudo = pseudo;
        }

        boolean pseudo() {
            return pseudo;
        }
    }

    /** What RFC 7541 section 4.1 adds to the bytes of a field. */
    static final int OVERHEAD = 32;

    final HttpString name;
    final String value;
    final Kind kind;
    final boolean wellFormed;
    final int size;

    /**
     * Blanks around {@code value} are dropped, as httpd lets them pass (RFC 9113 section 8.2.1 would have the message refused), but not from
     * its size, which the other end counts as well.
     */
    HeaderField(HttpString name, Kind kind, boolean nameWellFormed, String value) {
        this.name = name;
        this.value = HeaderRules.withoutBlanks(value);
        this.kind = kind;
        this.wellFormed = nameWellFormed && HeaderRules.valueAllowed(value);
        this.size = name.length() + value.length() + OVERHEAD;
    }
}
