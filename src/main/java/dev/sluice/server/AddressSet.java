package dev.sluice.server;

import dev.sluice.model.Server;
import dev.sluice.modules.core.CoreModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The virtual hosts of one address, in the order of reading; the first answers for names that none has. The choice for a
 * Host header is made once and remembered.
 */
final class AddressSet {
    /** Host headers are the client's to choose: past that many, choices are made anew each time. */
    private static final int REMEMBERED = 4096;

    /** One virtual host at this address; {@code port} 0 where its address names none. */
    record Entry(Server server, int port) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Server> known = new ConcurrentHashMap<>();

    void add(Server server, int port) {
        entries.add(new Entry(server, port));
    }

    List<Entry> entries() {
        return entries;
    }

    Server first() {
        return entries.get(0).server;
    }

    Server choose(@Nullable String hostHeader) {
        if (hostHeader == null || entries.size() == 1) {
            return first();
        }
        Server chosen = known.get(hostHeader);
        if (chosen == null) {
            chosen = search(name(hostHeader));
            if (known.size() < REMEMBERED) {
                known.put(hostHeader, chosen);
            }
        }
        return chosen;
    }

    private Server search(String name) {
        for (Entry entry : entries) {
            if (goesBy(entry.server, name)) {
                return entry.server;
            }
        }
        return first();
    }

    /** The host in lower case, without a port and one trailing dot. */
    private static String name(String header) {
        int colon = header.lastIndexOf(':');
        String host = colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean goesBy(Server server, String name) {
        boolean named = server.settings()
                .get(CoreModule.SERVER_NAME)
                .filter(n -> n.host().equalsIgnoreCase(name))
                .isPresent();
        return named
                || server.settings().get(CoreModule.SERVER_ALIASES).stream().anyMatch(alias -> matches(alias, name));
    }

    private static boolean matches(String alias, String name) {
        if (alias.indexOf('*') < 0 && alias.indexOf('?') < 0) {
            return alias.equals(name);
        }
        String regex = Pattern.quote(alias).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return name.matches(regex);
    }
}
