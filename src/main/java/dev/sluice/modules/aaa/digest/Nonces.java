package dev.sluice.modules.aaa.digest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces that prove themselves to be this process's: the time when one was made, and a digest of a secret, the realm, that time
 * and the opaque value that went with it.
 */
public final class Nonces {
    private static final int TIME_LENGTH = 12;

    /** 12 chars of a time in base64, 40 of SHA-1 in hexadecimal. */
    public static final int LENGTH = TIME_LENGTH + 40;

    private final byte[] secret = new byte[20];

    /** What takes the place of the time in nonces that are good once. */
    private final AtomicLong once = new AtomicLong();

    public Nonces() {
        new SecureRandom().nextBytes(secret);
    }

    /** @param micros the time now, in microseconds */
    public String at(long micros, String realm, String opaque) {
        byte[] time = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(micros)
                .array();
        String text = Base64.getEncoder().encodeToString(time);
        return text + digest(text, realm, opaque);
    }

    public String once(String realm, String opaque) {
        return at(once.incrementAndGet(), realm, opaque);
    }

    /** The digest that {@code nonce} should end in. */
    public String expected(String nonce, String realm, String opaque) {
        return digest(nonce.substring(0, TIME_LENGTH), realm, opaque);
    }

    public static String digest(String nonce) {
        return nonce.substring(TIME_LENGTH);
    }

    /** When {@code nonce} was made, in microseconds. Of one whose digest is right. */
    public static long micros(String nonce) {
        byte[] time = Base64.getDecoder().decode(nonce.substring(0, TIME_LENGTH));
        return ByteBuffer.wrap(time).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private String digest(String time, String realm, String opaque) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(secret);
            sha1.update(realm.getBytes(StandardCharsets.ISO_8859_1));
            sha1.update((byte) 0);
            sha1.update(time.getBytes(StandardCharsets.ISO_8859_1));
            sha1.update(opaque.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1: not in this Java (expected: in every one)", e);
        }
    }
}
