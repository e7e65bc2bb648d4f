package dev.sluice.modules.mpm;

import org.jspecify.annotations.Nullable;

/**
 * One Listen line.
 *
 * @param host null for every address
 * @param protocol {@code http}, {@code https} or another word; port 443 is https where none is written
 */
public record Listen(@Nullable String host, int port, String protocol) {
    @Override
    public String toString() {
        return (host == null ? "*" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
