package dev.sluice.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What mod_ssl tells other modules about a connection: httpd's {@code ssl_var_lookup}. Attached to the connection. */
@FunctionalInterface
public interface TlsVariables {
    AttachmentKey<TlsVariables> KEY = AttachmentKey.create(TlsVariables.class);

    /** The value of {@code SSL_PROTOCOL}, {@code HTTPS} and their kin; null where there is none. */
    @Nullable
    String value(String name);

    /** The values of the extensions of the client's certificate that have the object identifier {@code oid}, in order. */
    default List<String> extensions(String oid) {
        return List.of();
    }

    /** {@link #extensions(String)} for the connection of {@code exchange}; empty also where mod_ssl has no part in it. */
    static List<String> extensions(HttpServerExchange exchange, String oid) {
        TlsVariables known = exchange.getConnection().getAttachment(KEY);
        return known == null ? List.of() : known.extensions(oid);
    }

    /** The value for the connection of {@code exchange}; null also where mod_ssl has no part in it. */
    static @Nullable String value(HttpServerExchange exchange, String name) {
        TlsVariables known = exchange.getConnection().getAttachment(KEY);
        return known == null ? null : known.value(name);
    }
}
