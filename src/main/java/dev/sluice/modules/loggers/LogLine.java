package dev.sluice.modules.loggers;

import dev.sluice.request.Request;
import dev.sluice.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * A log as CustomLog, GlobalLog or TransferLog declares it.
 *
 * @param target a path, or a bar and a program
 * @param format a format or the nickname of one; null for the server's default format
 * @param condition null for every request
 */
record LogLine(String target, @Nullable String format, @Nullable Condition condition, Span span) {
    /** {@code env=} or {@code expr=}. */
    @FunctionalInterface
    interface Condition {
        boolean holds(Request request);
    }
}
