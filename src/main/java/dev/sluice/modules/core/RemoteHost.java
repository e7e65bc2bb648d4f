package dev.sluice.modules.core;

import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.Attachable;
import io.undertow.util.AttachmentKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name of a client's address (ap_get_remote_host). It is looked up once for a connection, and known to all that follows on it. */
public final class RemoteHost {
    /** Empty where the address has no name, or one that does not lead back to it. */
    private static final AttachmentKey<String> NAME = AttachmentKey.create(String.class);

    private RemoteHost() {}

    /** Null where nobody has asked yet, or there is none. Does not block. */
    public static @Nullable String known(HttpServerExchange exchange) {
        String name = keeper(exchange).getAttachment(NAME);
        return name == null || name.isEmpty() ? null : name;
    }

    /** Null where there is none. Blocks the first time. */
    public static @Nullable String lookUp(HttpServerExchange exchange) {
        Attachable keeper = keeper(exchange);
        String name = keeper.getAttachment(NAME);
        if (name == null) {
            name = name(exchange.getSourceAddress().getAddress());
            keeper.putAttachment(NAME, name);
        }
        return name.isEmpty() ? null : name;
    }

    /** The connection, unless the request has another client than the connection: mod_remoteip's doing. */
    private static Attachable keeper(HttpServerExchange exchange) {
        ServerConnection connection = exchange.getConnection();
        return exchange.getSourceAddress().equals(connection.getPeerAddress()) ? connection : exchange;
    }

    private static String name(InetAddress address) {
        try {
            // The JDK asks for the name, then for that name's addresses, and keeps the literal unless this one is among
            // them.
            String name = InetAddress.getByAddress(address.getAddress()).getCanonicalHostName();
            return name.equals(address.getHostAddress()) ? "" : name.toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** HostnameLookups: the name is there before anybody prints it. */
    static Outcome prepare(Request request) {
        if (request.settings().get(CoreModule.HOSTNAME_LOOKUPS) == CoreModule.Lookups.OFF
                || request.exchange().getConnection().getAttachment(NAME) != null) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        lookUp(request.exchange());
        return Outcome.DECLINED;
    }
}
