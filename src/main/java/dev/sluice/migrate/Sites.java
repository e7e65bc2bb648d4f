package dev.sluice.migrate;

import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Line;
import dev.sluice.model.Server;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The sites of a configuration. */
public final class Sites {
    private final List<Site> all;

    private Sites(List<Site> all) {
        this.all = all;
    }

    /** The sites of what was read, in the order of reading; the main server is the last. */
    public static Sites of(ConfigLoader.Loaded loaded) {
        List<Line> top = loaded.read().lines();
        List<Line> openings = top.stream().filter(Sites::isHost).toList();
        List<Line> inherited = top.stream().filter(line -> !isHost(line)).toList();
        List<Server> servers = loaded.configuration().hosts();
        Map<String, List<Host>> byName = new LinkedHashMap<>();
        int next = 0;
        for (Line opening : openings) {
            if (next < servers.size() && isOf(servers.get(next), opening)) {
                Host host = new Host(servers.get(next++), opening, opening.children(), inherited);
                byName.computeIfAbsent(name(host), name -> new ArrayList<>()).add(host);
            }
        }
        List<Site> sites = new ArrayList<>();
        byName.forEach((name, hosts) -> sites.add(new Site(name, List.copyOf(hosts))));
        sites.add(new Site(Site.MAIN, List.of(new Host(loaded.configuration().main(), null, inherited, List.of()))));
        return new Sites(List.copyOf(sites));
    }

    private static boolean isHost(Line line) {
        return line.isSection() && line.name().equalsIgnoreCase("VirtualHost");
    }

    private static boolean isOf(Server server, Line opening) {
        Span span = server.span();
        return span != null
                && span.file() == opening.span().file()
                && span.start() == opening.span().start();
    }

    private static String name(Host host) {
        if (host.server().gives(CoreModule.SERVER_NAME)) {
            String name = host.server()
                    .settings()
                    .get(CoreModule.SERVER_NAME)
                    .map(ServerName::host)
                    .orElse("");
            if (!name.isEmpty()) {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return String.join(" ", host.server().addresses());
    }

    public List<Site> all() {
        return all;
    }

    /** The sites that {@code name} means: by name, by alias, by the beginning of a name that no other site has. */
    public List<Site> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<Site> exact = all.stream()
                .filter(site -> site.name().equalsIgnoreCase(wanted))
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        List<Site> byAlias = all.stream()
                .filter(site -> site.aliases().stream().anyMatch(wanted::equalsIgnoreCase))
                .toList();
        List<Site> byStart =
                all.stream().filter(site -> site.name().startsWith(wanted)).toList();
        return byAlias.isEmpty() && byStart.size() == 1 ? byStart : byAlias;
    }

    /** The findings about lines of {@code site}; the main server has all that are about no other. */
    public List<Diagnostic> findings(Site site, List<Diagnostic> from) {
        if (!site.isMain()) {
            return about(site.places(), from);
        }
        List<Diagnostic> others = all.stream()
                .filter(each -> !each.isMain())
                .flatMap(each -> about(each.places(), from).stream())
                .toList();
        return from.stream().filter(each -> !others.contains(each)).toList();
    }

    private static List<Diagnostic> about(Set<String> places, List<Diagnostic> from) {
        return from.stream()
                .filter(each -> each.span() != null
                        && places.contains(
                                each.span().file().name() + ":" + each.span().line()))
                .toList();
    }

    /** Every line of the configuration, sections' too. */
    public Stream<Line> lines() {
        return all.stream().flatMap(site -> site.hosts().stream()).flatMap(Host::all);
    }
}
