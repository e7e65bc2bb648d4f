package dev.sluice.modules.core;

import dev.sluice.request.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How modules get at the session of a request, and how they keep and hide it: httpd's hooks of mod_session. */
public final class Sessions {
    /** mod_session itself. */
    @FunctionalInterface
    public interface Access {
        @Nullable
        Session load(Request request);
    }

    /** Where sessions are kept: a cookie. */
    public interface Store {
        /** The session as it is kept, encoded; null where this store is not asked to keep any. */
        @Nullable
        Session load(Request request);

        /** False where this store is not asked to keep any. */
        boolean save(Request request, Session session);
    }

    /** Changes what is kept so that the client cannot read it. */
    public interface Cipher {
        /** True where {@link #decode} of what is kept takes a while. */
        boolean isSlow(Request request, String encoded);

        /** Null where it cannot be done, which is logged. */
        @Nullable
        String encode(Request request, String text);

        /** Null where it cannot be done, which is logged. */
        @Nullable
        String decode(Request request, String encoded);
    }

    private final List<Store> stores = new ArrayList<>();
    private final List<Cipher> ciphers = new ArrayList<>();
    private @Nullable Access access;

    public void serve(Access by) {
        access = by;
    }

    public void store(Store store) {
        stores.add(store);
    }

    public void cipher(Cipher cipher) {
        ciphers.add(cipher);
    }

    public List<Store> stores() {
        return stores;
    }

    public List<Cipher> ciphers() {
        return ciphers;
    }

    /** The session of {@code request}, a new one where it brings none; null where none is to be kept. */
    public @Nullable Session load(Request request) {
        return access == null ? null : access.load(request);
    }
}
