package dev.sluice.modules.loggers;

import dev.sluice.request.Request;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;

/** How many requests a connection has carried, for {@code %k}. Kept only where some format asks for it. */
final class ConnectionCount {
    private static final AttachmentKey<ConnectionCount> KEY = AttachmentKey.create(ConnectionCount.class);

    private long before = -1;

    private ConnectionCount() {}

    static void count(Request request) {
        ServerConnection connection = request.exchange().getConnection();
        ConnectionCount known = connection.getAttachment(KEY);
        if (known == null) {
            known = new ConnectionCount();
            connection.putAttachment(KEY, known);
        }
        known.before++;
    }

    /** Requests on the connection before this one. */
    static boolean write(Request request, LineBuffer line) {
        ConnectionCount known = request.exchange().getConnection().getAttachment(KEY);
        return LogLetters.number(line, known == null ? 0 : known.before);
    }
}
