package dev.sluice.modules.proxy.gateway;

import org.jspecify.annotations.Nullable;

/** What a server says before the body of its answer. */
public interface GatewayHead {
    /** The status that it gave; 0 for none. */
    int status();

    /** Puts it into the answer; 0, or the status that ends the request in its place: see {@code ScriptHead.apply}. */
    int apply();

    /** It did not come in time: what the log is told of that. */
    default void timedOut() {}

    /** Where the request shall go instead, a path of this server; null for nowhere. */
    @Nullable
    String internalRedirect();
}
