package dev.sluice.migrate;

import dev.sluice.directive.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The virtual hosts of one ServerName, say one of port 80 and one of port 443; or the main server.
 *
 * @param name the ServerName in lower case and without a port; of hosts without one their addresses; {@link #MAIN}
 */
public record Site(String name, List<Host> hosts) {
    /** What the main server is called. */
    public static final String MAIN = "(main)";

    /** All its addresses, each once. */
    public List<String> addresses() {
        Set<String> all = new LinkedHashSet<>();
        hosts.forEach(host -> all.addAll(host.addresses()));
        return List.copyOf(all);
    }

    /** When the first of its certificates expires; empty without TLS and where none can be read. */
    public Optional<Instant> tlsUntil(Path serverRoot) {
        return Certificates.until(this, serverRoot);
    }

    public boolean isTls() {
        return hosts.stream().anyMatch(Host::isTls);
    }

    /** Every ServerAlias, each once. */
    public List<String> aliases() {
        Set<String> all = new LinkedHashSet<>();
        hosts.stream()
                .flatMap(host -> host.lines().stream())
                .filter(line -> line.name().equalsIgnoreCase("ServerAlias"))
                .forEach(line -> line.words().forEach(word -> all.add(word.text())));
        return List.copyOf(all);
    }

    public boolean isMain() {
        return name.equals(MAIN);
    }

    /** Where its lines stand, each as {@code FILE:LINE}. */
    Set<String> places() {
        Set<String> places = hosts.stream().flatMap(Host::all).map(Host::place).collect(Collectors.toSet());
        hosts.forEach(host -> places.add(host.place()));
        return places;
    }

    /** What URLs of it lead to, in the order in which it is tried, host by host. */
    public List<Route> routes() {
        return hosts.stream().flatMap(host -> host.routes().stream()).toList();
    }

    /** Own lines of that name, in sections too. */
    List<Line> lines(String name) {
        return hosts.stream()
                .flatMap(Host::all)
                .filter(line -> line.name().equalsIgnoreCase(name))
                .toList();
    }
}
