package dev.sluice.modules.loggers;

import dev.sluice.request.Request;

/** One part of a log format, ready to write itself. */
@FunctionalInterface
interface LogItem {
    /** Adds what {@code request} has to say; false where it has nothing, so that a dash stands in its place. */
    boolean write(Request request, LineBuffer line);
}
