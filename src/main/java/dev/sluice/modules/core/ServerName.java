package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The argument of ServerName.
 *
 * @param scheme {@code http} or {@code https}; null where none is written
 * @param host as written
 * @param port 0 where none is written
 */
public record ServerName(@Nullable String scheme, String host, int port) {
    /** As set_server_hostname of httpd's core.c: an optional scheme, a host, an optional port after the last colon. */
    static ServerName read(String text) throws BadArgument {
        String scheme = null;
        String rest = text;
        int slashes = text.indexOf("://");
        if (slashes >= 0) {
            scheme = text.substring(0, slashes).toLowerCase(Locale.ROOT);
            rest = text.substring(slashes + 3);
        }
        int colon = rest.lastIndexOf(':');
        boolean bracketed = rest.endsWith("]");
        if (colon < 0 || bracketed) {
            return new ServerName(scheme, rest, 0);
        }
        int port = Reading.atoi(rest.substring(colon + 1));
        if (port < 1 || port > 65535) {
            throw new BadArgument(
                    "The port number \"" + text + "\" is outside the appropriate range (i.e., 1..65535).");
        }
        return new ServerName(scheme, rest.substring(0, colon), port);
    }
}
