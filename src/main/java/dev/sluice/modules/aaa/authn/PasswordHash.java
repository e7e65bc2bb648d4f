package dev.sluice.modules.aaa.authn;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/** The hashes that htpasswd writes and crypt(3) knows (apr_password_validate). Slow by intention: for worker threads. */
public final class PasswordHash {
    private static final VerifiedPasswords VERIFIED = new VerifiedPasswords(1000);

    private PasswordHash() {}

    /** @param password one byte a char */
    public static boolean matches(String password, String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.ISO_8859_1);
        if (!hash.startsWith("$")) {
            return computed(bytes, hash);
        }
        if (VERIFIED.contains(password, hash)) {
            return true;
        }
        boolean matches = isBcrypt(hash) ? bcrypt(bytes, hash) : computed(bytes, hash);
        if (matches) {
            VERIFIED.add(password, hash);
        }
        return matches;
    }

    private static boolean computed(byte[] bytes, String hash) {
        if (hash.startsWith("{SHA}")) {
            return same(hash, "{SHA}" + Base64.getEncoder().encodeToString(digest("SHA-1", bytes)));
        }
        try {
            return same(hash, hash.startsWith("$apr1$") ? Md5Crypt.apr1Crypt(bytes, hash) : Crypt.crypt(bytes, hash));
        } catch (IllegalArgumentException e) {
            // No hash at all, as a password in clear is, or one with a salt that crypt(3) does not take.
            return false;
        }
    }

    /** True for hashes that libxcrypt knows and this class does not. */
    public static boolean isUnsupported(String hash) {
        return hash.startsWith("$y$") || hash.startsWith("$gy$") || hash.startsWith("$7$") || hash.startsWith("_");
    }

    private static boolean isBcrypt(String hash) {
        return hash.startsWith("$2")
                && hash.length() > 3
                && hash.charAt(3) == '$'
                && "abxy".indexOf(hash.charAt(2)) >= 0;
    }

    private static boolean bcrypt(byte[] password, String hash) {
        BCrypt.Version version = BCrypt.Version.VERSION_2A;
        byte[] known = ("$2a$" + hash.substring(4)).getBytes(StandardCharsets.ISO_8859_1);
        return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
                .verify(password, known)
                .verified;
    }

    /** MD5 in hexadecimal, lower case. */
    public static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + ": not in this Java (expected: in every one)", e);
        }
    }

    /** In a time that does not tell how much of it is the same. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.ISO_8859_1), other.getBytes(StandardCharsets.ISO_8859_1));
    }
}
