package dev.sluice.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import org.jspecify.annotations.Nullable;

/** What mod_ssl tells other modules about a connection: httpd's {@code ssl_var_lookup}. Attached to the connection. */
@FunctionalInterface
public interface TlsVariables {
    AttachmentKey<TlsVariables> KEY = AttachmentKey.create(TlsVariables.class);

    /** The value of {@code SSL_PROTOCOL}, {@code HTTPS} and their kin; null where there is none. */
    @Nullable
    String value(String name);

    /** The value for the connection of {@code exchange}; null also where mod_ssl has no part in it. */
    static @Nullable String value(HttpServerExchange exchange, String name) {
        TlsVariables known = exchange.getConnection().getAttachment(KEY);
        return known == null ? null : known.value(name);
    }
}
