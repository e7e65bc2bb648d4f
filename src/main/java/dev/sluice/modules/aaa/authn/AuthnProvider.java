package dev.sluice.modules.aaa.authn;

import dev.sluice.request.Request;
import org.jspecify.annotations.Nullable;

/**
 * Knows users and their passwords: {@code file}, {@code anon}, or an alias for one of them. Names and passwords are byte
 * strings, one byte a char. Both questions block.
 *
 * @param hashes null where the provider knows no hashes, so that Digest cannot ask it
 */
public record AuthnProvider(Passwords passwords, @Nullable Hashes hashes) {
    /** Checks what the client sent. */
    @FunctionalInterface
    public interface Passwords {
        AuthnResult check(Request request, String user, String password);
    }

    /** Knows the MD5 of {@code user:realm:password}. */
    @FunctionalInterface
    public interface Hashes {
        Hash find(Request request, String user, String realm);
    }

    /**
     * @param result {@link AuthnResult#GRANTED} where {@code value} was found
     * @param value in hexadecimal, lower case; else empty
     */
    public record Hash(AuthnResult result, String value) {
        public static final Hash NOT_FOUND = new Hash(AuthnResult.USER_NOT_FOUND, "");
        public static final Hash ERROR = new Hash(AuthnResult.GENERAL_ERROR, "");

        public static Hash of(String value) {
            return new Hash(AuthnResult.GRANTED, value);
        }
    }
}
