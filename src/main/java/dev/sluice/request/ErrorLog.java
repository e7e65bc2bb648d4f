package dev.sluice.request;

import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The error log of a server. Writing never blocks the caller. */
public interface ErrorLog {
    /** True where a line of {@code module} (its short name, {@code proxy}) at {@code level} would be kept. */
    boolean keeps(Level level, String module);

    /**
     * Writes a line in httpd's format.
     *
     * @param module the short name that stands before the level: {@code proxy} in {@code [proxy:error]}
     * @param exchange the request it is about, for {@code [client ...]}; null where there is none
     * @param message with its AH number in front, where httpd has one; before that may stand what the system said, as
     *     {@code (111)Connection refused: }
     */
    void log(Level level, String module, @Nullable HttpServerExchange exchange, String message);

    /** Writes a message about the start, which httpd gives without time and level. */
    default void startup(String message) {
        log(Level.EMERG, "core", message);
    }

    default void log(Level level, String module, String message) {
        log(level, module, null, message);
    }
}
