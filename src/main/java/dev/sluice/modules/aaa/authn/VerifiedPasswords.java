package dev.sluice.modules.aaa.authn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pairs of a password and a hash that were found to match, so that a client that sends its password with every request does
 * not cost a slow hash each time. Whether they match never changes; a changed password file has other hashes.
 *
 * <p>What is kept is a digest under a key that this process made for itself.
 */
final class VerifiedPasswords {
    private static final String DIGEST = "HmacSHA256";

    private final SecretKeySpec key = new SecretKeySpec(random(), DIGEST);
    private final Map<ByteBuffer, Boolean> pairs;

    VerifiedPasswords(int most) {
        pairs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    boolean contains(String password, String hash) {
        ByteBuffer pair = pair(password, hash);
        synchronized (pairs) {
            return pairs.get(pair) != null;
        }
    }

    void add(String password, String hash) {
        ByteBuffer pair = pair(password, hash);
        synchronized (pairs) {
            pairs.put(pair, true);
        }
    }

    private ByteBuffer pair(String password, String hash) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            // A line of a file holds no line end, so the two cannot run into each other.
            return ByteBuffer.wrap(mac.doFinal((hash + "\n" + password).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(DIGEST + ": not in this Java (expected: in every one)", e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
