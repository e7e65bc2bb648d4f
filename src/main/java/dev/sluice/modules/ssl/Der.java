package dev.sluice.modules.ssl;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The little of ASN.1's distinguished encoding (X.690) that the forms of private keys need. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int tag() {
        return at < bytes.length ? bytes[at] & 0xff : -1;
    }

    /**
     * The content of the next element, which must have {@code tag}.
     *
     * @throws IllegalArgumentException where it has another, or leaves the bytes
     */
    byte[] content(int tag) {
        byte[] element = element(tag);
        return Arrays.copyOfRange(element, element.length - lastLength, element.length);
    }

    private int lastLength;

    /** The next element whole, which must have {@code tag}. */
    byte[] element(int tag) {
        int start = at;
        if (tag() != tag) {
            throw new IllegalArgumentException("tag " + tag() + " (expected: " + tag + ")");
        }
        at++;
        int length = next();
        if (length >= 0x80) {
            int count = length & 0x7f;
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | next();
            }
        }
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException(
                    "an element of " + length + " bytes where " + (bytes.length - at) + " are left");
        }
        at += length;
        lastLength = length;
        return Arrays.copyOfRange(bytes, start, at);
    }

    private int next() {
        if (at >= bytes.length) {
            throw new IllegalArgumentException("an element without its length");
        }
        return bytes[at++] & 0xff;
    }

    /** An element of {@code tag} around {@code parts}. */
    static byte[] encode(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            int count = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
            out.write(0x80 | count);
            for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
                out.write(length >>> shift);
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
