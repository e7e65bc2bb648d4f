package dev.sluice.wire.tls;

import io.undertow.server.DelegateOpenListener;
import io.undertow.server.SSLSessionInfo;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A virtual host as TLS sees it.
 *
 * <p>Each host needs a context of its own: sessions are resumed within a context, and a resumed session is its host's.
 *
 * @param name for messages: {@code example.org:443}
 * @param listeners who takes the connection, by ALPN protocol; {@code http/1.1} must be there and takes those without ALPN
 * @param virtualHost whatever the server wants to find again by {@link #of(SSLSessionInfo)}
 */
public record TlsHost(
        String name,
        TlsContext context,
        TlsTerms terms,
        Map<String, DelegateOpenListener> listeners,
        Object virtualHost) {
    private static final String KEY = TlsHost.class.getName();
    private static final String SERVER_NAME_KEY = KEY + ".serverName";

    public TlsHost {
        listeners = Map.copyOf(listeners);
        if (!listeners.containsKey("http/1.1")) {
            throw new IllegalArgumentException("listeners: " + listeners.keySet() + " (expected: http/1.1 among them)");
        }
    }

    /** The host that the handshake of this session was with; null where the session is not {@link TlsFront}'s. */
    public static @Nullable TlsHost of(@Nullable SSLSession session) {
        return session == null ? null : (TlsHost) session.getValue(KEY);
    }

    /** As {@link #of(SSLSession)}, from {@code exchange.getConnection().getSslSessionInfo()}, which is null without TLS. */
    public static @Nullable TlsHost of(@Nullable SSLSessionInfo info) {
        return info == null ? null : of(info.getSSLSession());
    }

    /** The name that the client asked for by SNI, in lower case; null where it asked for none. */
    public static @Nullable String serverName(@Nullable SSLSession session) {
        return session == null ? null : (String) session.getValue(SERVER_NAME_KEY);
    }

    void markOn(SSLSession session, @Nullable String serverName) {
        session.putValue(KEY, this);
        if (serverName != null) {
            session.putValue(SERVER_NAME_KEY, serverName);
        }
    }

    DelegateOpenListener listener(@Nullable String protocol) {
        DelegateOpenListener found = protocol == null ? null : listeners.get(protocol);
        return found != null ? found : Objects.requireNonNull(listeners.get("http/1.1"));
    }
}
