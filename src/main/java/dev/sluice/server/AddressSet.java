package dev.sluice.server;

import dev.sluice.model.Server;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.SelfReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The virtual hosts of one address, in the order of reading; the first answers for names that none has. The choice for a
 * Host header is made once and remembered.
 */
final class AddressSet {
    /** Host headers are the client's to choose: past that many, choices are made anew each time. */
    private static final int REMEMBERED = 4096;

    /**
     * One virtual host at this address.
     *
     * @param word the host of its address as it is written
     * @param names what it goes by, in lower case
     * @param path of ServerPath; empty where there is none
     */
    record Entry(Server server, String word, List<String> names, String path) {
        static Entry of(Server server, String word) {
            List<String> names = new ArrayList<>();
            names.add(SelfReference.configuredName(server).toLowerCase(Locale.ROOT));
            names.addAll(server.settings().get(CoreModule.SERVER_ALIASES));
            String path =
                    server.gives(CoreModule.SERVER_PATH) ? server.settings().get(CoreModule.SERVER_PATH) : "";
            return new Entry(server, word.toLowerCase(Locale.ROOT), List.copyOf(names), path);
        }

        boolean goesBy(String name) {
            return AddressSet.goesBy(names, name);
        }

        /** As the prefix of a {@code <Location>}. */
        boolean hasPath(String requested) {
            int length = path.length();
            return length > 0
                    && requested.startsWith(path)
                    && (path.endsWith("/") || requested.length() == length || requested.charAt(length) == '/');
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Server> known = new ConcurrentHashMap<>();
    private boolean anyPath;

    void add(Server server, String word) {
        Entry entry = Entry.of(server, word);
        entries.add(entry);
        anyPath |= !entry.path.isEmpty();
    }

    List<Entry> entries() {
        return entries;
    }

    Server first() {
        return entries.get(0).server;
    }

    /** @param path what is asked for, decoded: it decides by ServerPath where no name is asked for */
    Server choose(@Nullable String hostHeader, String path) {
        if (entries.size() == 1) {
            return first();
        }
        if (hostHeader == null || hostHeader.isEmpty()) {
            return anyPath ? byPath(path) : first();
        }
        Server chosen = known.get(hostHeader);
        if (chosen == null) {
            Server named = search(name(hostHeader));
            chosen = named == null ? first() : named;
            if (known.size() < REMEMBERED) {
                known.put(hostHeader, chosen);
            }
        }
        return chosen;
    }

    private Server byPath(String path) {
        for (Entry entry : entries) {
            if (entry.hasPath(path)) {
                return entry.server;
            }
        }
        return first();
    }

    /** True where a host goes by the name of the header. */
    boolean has(String hostHeader) {
        return search(name(hostHeader)) != null;
    }

    /** By ServerName and ServerAlias first, then by what stands in {@code <VirtualHost>} (check_hostalias, vhost.c). */
    private @Nullable Server search(String name) {
        Server byAddress = null;
        for (Entry entry : entries) {
            if (entry.goesBy(name)) {
                return entry.server;
            }
            if (byAddress == null && entry.word.equals(name)) {
                byAddress = entry.server;
            }
        }
        return byAddress;
    }

    /** The host in lower case, without a port, brackets and one trailing dot. */
    static String name(String header) {
        int colon = header.lastIndexOf(':');
        String host = colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean goesBy(List<String> names, String name) {
        for (String each : names) {
            if (matches(each, 0, name, 0)) {
                return true;
            }
        }
        return false;
    }

    /** {@code *} for any text, {@code ?} for any character (ap_strcasecmp_match, util.c). */
    private static boolean matches(String pattern, int at, String name, int from) {
        int next = from;
        for (int i = at; i < pattern.length(); i++, next++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                return matchesRest(pattern, i + 1, name, next);
            }
            if (next >= name.length() || (c != '?' && c != name.charAt(next))) {
                return false;
            }
        }
        return next == name.length();
    }

    private static boolean matchesRest(String pattern, int at, String name, int from) {
        if (at == pattern.length()) {
            return true;
        }
        for (int i = from; i <= name.length(); i++) {
            if (matches(pattern, at, name, i)) {
                return true;
            }
        }
        return false;
    }
}
