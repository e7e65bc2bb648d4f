package dev.sluice.compat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Bodies by size, and how a body is told in a transcript. */
final class Bodies {
    private static final int SHOWN = 2048;

    private Bodies() {}

    /** Bytes whose place in the body can be told: lost, doubled or swapped parts change the digest. */
    static byte[] pattern(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i % 61 == 60 ? '\n' : 'A' + (i / 61 + i % 61) % 58);
        }
        return body;
    }

    /** What is compressed; how it is cut into blocks hangs on when it came. */
    static byte[] gunzipped(byte[] body) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }

    /** A short text as it is, anything else as its length and digest. */
    static String told(byte[] body) {
        if (body.length <= SHOWN && isText(body)) {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return body.length + " bytes, SHA-256 " + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isText(byte[] body) {
        for (byte b : body) {
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t' && b >= 0) {
                return false;
            }
        }
        return true;
    }
}
