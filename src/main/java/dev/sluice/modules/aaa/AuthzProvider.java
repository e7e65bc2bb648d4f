package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.request.Request;

/** Knows one kind of Require: {@code ip}, {@code all}, {@code user}. */
@FunctionalInterface
interface AuthzProvider {
    /** Decides about one request. Where that would block an I/O thread it answers {@link AuthzResult#ON_WORKER}. */
    @FunctionalInterface
    interface Check {
        AuthzResult of(Request request);
    }

    /** Reads {@code args}, the text behind the provider's name, quotes and all. */
    Check read(String args, Scope scope) throws BadArgument;
}
