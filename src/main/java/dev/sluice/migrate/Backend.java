package dev.sluice.migrate;

import dev.sluice.directive.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that requests are passed on to.
 *
 * @param url scheme, host and port; of one behind a socket the whole {@code unix:/path|scheme:} form; of a balancer's member
 *     the member's
 * @param balancers the balancers that it is a member of
 * @param sites names of the sites with lines that lead to it
 * @param lines those lines
 */
public record Backend(String url, Set<String> balancers, Set<String> sites, List<Line> lines) {
    /** A backend in a word, perhaps behind {@code proxy:}; what follows the host and port is a path. */
    private static final Pattern URL = Pattern.compile(
            "(?:proxy:)?((?:unix:[^|]+\\|)?(?:https?|h2c?|wss?|fcgi|scgi|uwsgi|ajp|ftp)://[^/\\s\"]*)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> LEADING =
            Set.of("proxypass", "proxypassmatch", "balancermember", "rewriterule", "sethandler", "proxyremote");

    /** Those of all sites, in the order of reading. */
    public static List<Backend> of(Sites sites) {
        Map<String, Backend> found = new LinkedHashMap<>();
        for (Site site : sites.all()) {
            for (Host host : site.hosts()) {
                host.lines().forEach(line -> collect(line, "", site.name(), found));
            }
        }
        return List.copyOf(found.values());
    }

    private static void collect(Line line, String section, String site, Map<String, Backend> found) {
        String name = line.name().toLowerCase(Locale.ROOT);
        if (line.isSection()) {
            String inner = name.equals("proxy") ? line.args().strip() : section;
            line.children().forEach(child -> collect(child, inner, site, found));
        } else if (LEADING.contains(name) && !(name.equals("rewriterule") && !isProxied(line))) {
            Matcher url = URL.matcher(line.args());
            if (url.find()) {
                Backend backend = found.computeIfAbsent(
                        url.group(1).toLowerCase(Locale.ROOT),
                        key -> new Backend(
                                url.group(1), new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>()));
                backend.sites.add(site);
                backend.lines.add(line);
                if (name.equals("balancermember")) {
                    backend.balancers.add(
                            section.isEmpty() ? line.words().get(0).text() : section);
                }
            }
        }
    }

    /** Whether the flags of a RewriteRule have {@code P}. */
    private static boolean isProxied(Line line) {
        if (line.words().size() < 3) {
            return false;
        }
        String flags = line.words().get(2).text();
        for (String flag : flags.replaceAll("[\\[\\]]", "").split(",", -1)) {
            if (flag.strip().equalsIgnoreCase("P") || flag.strip().equalsIgnoreCase("proxy")) {
                return true;
            }
        }
        return false;
    }
}
