package dev.sluice.modules.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One pass phrase and one cipher of mod_session_crypto. What is encrypted is, in Base64, a proof of 8 bytes, a salt of 16,
 * the cipher's first vector, and the text (encrypt_string of mod_session_crypto.c).
 *
 * <p>A key costs 4096 rounds for each salt. httpd has a new salt for each session; here one salt serves a process, with a new
 * vector for each session, and the keys of others' salts are remembered.
 */
final class SessionCipher {
    private static final int SALT = 16;
    private static final int ROUNDS = 4096;
    private static final int REMEMBERED = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The ciphers that apr_crypto knows, by its names. */
    enum Kind {
        AES128("AES", 16, 16),
        AES192("AES", 24, 16),
        AES256("AES", 32, 16),
        TRIPLE_DES("DESede", 24, 8);

        private final String algorithm;
        private final int keyLength;
        private final int block;

        Kind(String algorithm, int keyLength, int block) {
            this.algorithm = algorithm;
            this.keyLength = keyLength;
            this.block = block;
        }

        /** Null where apr_crypto does not know it either. */
        static @Nullable Kind of(String name) {
            return switch (name) {
                case "aes128" -> AES128;
                case "aes192" -> AES192;
                case "aes256" -> AES256;
                case "3des192" -> TRIPLE_DES;
                default -> null;
            };
        }
    }

    private final byte[] passphrase;
    private final byte[] proofKey;
    private final Kind kind;
    private final byte[] ownSalt = random(SALT);
    private final Map<ByteBuffer, SecretKeySpec> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, SecretKeySpec> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param passphrase one byte a char */
    SessionCipher(String passphrase, Kind kind) {
        this.passphrase = passphrase.getBytes(StandardCharsets.ISO_8859_1);
        this.kind = kind;
        this.proofKey = md5(this.passphrase);
    }

    String encrypt(String text) {
        byte[] vector = random(kind.block);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, ownSalt, vector, text.getBytes(StandardCharsets.ISO_8859_1));
        if (encrypted == null) {
            throw new IllegalStateException(kind + ": cannot encrypt (expected: any text can be)");
        }
        byte[] proven = ByteBuffer.allocate(SALT + vector.length + encrypted.length)
                .put(ownSalt)
                .put(vector)
                .put(encrypted)
                .array();
        byte[] all = ByteBuffer.allocate(SipHash.LENGTH + proven.length)
                .put(SipHash.of(proofKey, proven))
                .put(proven)
                .array();
        return Base64.getEncoder().encodeToString(all);
    }

    /** Null where it was not encrypted with this pass phrase. */
    @Nullable
    String decrypt(byte[] sent) {
        byte[] proven = proven(sent);
        if (proven == null
                || !MessageDigest.isEqual(SipHash.of(proofKey, proven), Arrays.copyOf(sent, SipHash.LENGTH))) {
            return null;
        }
        byte[] plain = run(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(proven, SALT),
                Arrays.copyOfRange(proven, SALT, SALT + kind.block),
                Arrays.copyOfRange(proven, SALT + kind.block, proven.length));
        return plain == null ? null : new String(plain, StandardCharsets.ISO_8859_1);
    }

    /** True where the key of what was sent is there already. */
    boolean isQuick(byte[] sent) {
        byte[] proven = proven(sent);
        if (proven == null) {
            return true;
        }
        synchronized (keys) {
            return keys.containsKey(ByteBuffer.wrap(Arrays.copyOf(proven, SALT)));
        }
    }

    /** Makes the key that sessions are encrypted with. Takes some milliseconds. */
    void prepare() {
        key(ownSalt);
    }

    private byte @Nullable [] proven(byte[] sent) {
        return sent.length < SipHash.LENGTH + SALT + kind.block
                ? null
                : Arrays.copyOfRange(sent, SipHash.LENGTH, sent.length);
    }

    private byte @Nullable [] run(int mode, byte[] salt, byte[] vector, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(kind.algorithm + "/CBC/PKCS5Padding");
            cipher.init(mode, key(salt), new IvParameterSpec(vector));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private SecretKeySpec key(byte[] salt) {
        ByteBuffer name = ByteBuffer.wrap(salt);
        synchronized (keys) {
            SecretKeySpec known = keys.get(name);
            if (known != null) {
                return known;
            }
        }
        SecretKeySpec made = new SecretKeySpec(derived(salt), kind.algorithm);
        synchronized (keys) {
            keys.put(name, made);
        }
        return made;
    }

    /** PBKDF2 with HMAC-SHA-1 (RFC 8018 section 5.2), of bytes: Java's own wants chars. */
    private byte[] derived(byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(passphrase, "HmacSHA1"));
            ByteBuffer key = ByteBuffer.allocate(kind.keyLength);
            for (int block = 1; key.hasRemaining(); block++) {
                mac.update(salt);
                byte[] last = mac.doFinal(
                        ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
                byte[] sum = last.clone();
                for (int round = 1; round < ROUNDS; round++) {
                    last = mac.doFinal(last);
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] ^= last[i];
                    }
                }
                key.put(sum, 0, Math.min(sum.length, key.remaining()));
            }
            return key.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1: not in this Java (expected: in every one)", e);
        }
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("MD5: not in this Java (expected: in every one)", e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
