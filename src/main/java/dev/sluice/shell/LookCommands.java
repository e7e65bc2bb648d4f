package dev.sluice.shell;

import dev.sluice.directive.Line;
import dev.sluice.migrate.Backend;
import dev.sluice.migrate.DirectiveUse;
import dev.sluice.migrate.Host;
import dev.sluice.migrate.Route;
import dev.sluice.migrate.Site;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What shows a configuration and changes nothing. */
final class LookCommands {
    private LookCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "sites",
                        "",
                        "names, addresses, certificates, routes and findings",
                        "sites",
                        Command::none,
                        LookCommands::sites),
                new Command(
                        "show",
                        "SITE [--all]",
                        "the lines of a site, each with its place; --all: the main server's that it inherits, too",
                        "show www.example",
                        (session, before) -> before.isEmpty() ? session.siteNames() : List.of("--all"),
                        LookCommands::show),
                new Command(
                        "routes",
                        "SITE",
                        "what its URLs lead to, in the order in which httpd asks",
                        "routes www.example",
                        Command::sites,
                        LookCommands::routes),
                new Command(
                        "backends",
                        "",
                        "the servers that requests are passed on to, and by which lines",
                        "backends",
                        Command::none,
                        LookCommands::backends),
                new Command(
                        "directives",
                        "[--unsupported]",
                        "every directive in use, and how it fares here",
                        "directives --unsupported",
                        (session, before) -> List.of("--unsupported"),
                        LookCommands::directives));
    }

    private static int sites(Session session, List<String> words, Out out) throws Command.Misuse {
        Words.none(words);
        Table table = new Table(List.of("site", "addresses", "tls until", "routes", "findings"));
        for (Site site : session.sites().all()) {
            table.row(
                    text(site.name()),
                    text(String.join(" ", site.addresses())),
                    tls(session, site),
                    Integer.toString(site.routes().size()),
                    findings(session.sites().findings(site, session.review().findings())));
        }
        out.table(table);
        return Command.DONE;
    }

    private static String tls(Session session, Site site) {
        if (!site.isTls()) {
            return "-";
        }
        return site.tlsUntil(session.serverRoot())
                .map(until -> LocalDate.ofInstant(until, ZoneOffset.UTC).toString())
                .orElse("no certificate");
    }

    /** {@code 1 error, 2 warnings}; notes are counted where there is nothing worse. */
    static String findings(List<Diagnostic> findings) {
        List<Severity> shown = findings.stream().anyMatch(each -> each.severity() != Severity.NOTE)
                ? List.of(Severity.ERROR, Severity.WARNING)
                : List.of(Severity.NOTE);
        String counts = shown.stream()
                .map(severity -> count(
                        findings.stream()
                                .filter(each -> each.severity() == severity)
                                .count(),
                        severity))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "-" : counts;
    }

    private static String count(long count, Severity severity) {
        return count == 0 ? "" : count + " " + severity.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }

    private static int show(Session session, List<String> words, Out out) throws Command.Misuse {
        boolean all = words.contains("--all");
        Site site = session.site(Words.one(words, "a site", "--all"));
        if (out.isJson()) {
            Table table = new Table(List.of("place", "line", "inherited"));
            site.hosts()
                    .forEach(host -> host.all().forEach(line -> table.row(place(line), text(line.toString()), "no")));
            if (all) {
                site.hosts().get(0).inherited().forEach(line -> table.row(place(line), text(line.toString()), "yes"));
            }
            out.table(table);
            return Command.DONE;
        }
        Listing listing = new Listing(out);
        for (Host host : site.hosts()) {
            Line opening = host.opening();
            List<Line> lines = opening == null ? host.lines() : List.of(opening);
            lines.forEach(line -> listing.add(line, 0));
        }
        if (all) {
            Set<String> own = site.hosts().stream()
                    .flatMap(host -> host.lines().stream())
                    .map(line -> line.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            listing.gap("from the main server:");
            site.hosts().get(0).inherited().stream()
                    .filter(line ->
                            line.isSection() || !own.contains(line.name().toLowerCase(Locale.ROOT)))
                    .forEach(line -> listing.add(line, 1));
        }
        listing.print();
        return Command.DONE;
    }

    private static int routes(Session session, List<String> words, Out out) throws Command.Misuse {
        Site site = session.site(Words.one(words, "a site"));
        Table table = new Table(List.of("address", "from", "to", "by", "place"));
        for (Host host : site.hosts()) {
            for (Route route : host.routes()) {
                table.row(
                        text(String.join(" ", host.addresses())),
                        text(route.from()),
                        text(route.to()),
                        route.by(),
                        text(route.place()));
            }
        }
        out.table(table);
        return Command.DONE;
    }

    private static int backends(Session session, List<String> words, Out out) throws Command.Misuse {
        Words.none(words);
        Table table = new Table(List.of("backend", "balancers", "sites", "lines"));
        for (Backend backend : Backend.of(session.sites())) {
            table.row(
                    text(backend.url()),
                    text(String.join(" ", backend.balancers())),
                    text(String.join(" ", backend.sites())),
                    text(backend.lines().stream().map(Host::place).collect(Collectors.joining(" "))));
        }
        out.table(table);
        return Command.DONE;
    }

    private static int directives(Session session, List<String> words, Out out) throws Command.Misuse {
        boolean onlyUnsupported = words.contains("--unsupported");
        Words.none(words, "--unsupported");
        Table table = new Table(List.of("directive", "uses", "verdict", "why", "first"));
        for (DirectiveUse use : DirectiveUse.of(session.loaded(), session.sites())) {
            if (!onlyUnsupported || !use.works()) {
                table.row(
                        text(use.name()),
                        Integer.toString(use.lines().size()),
                        use.word(),
                        text(use.reason()),
                        place(use.lines().get(0)));
            }
        }
        out.table(table);
        return Command.DONE;
    }

    private static String place(Line line) {
        return text(Host.place(line));
    }

    private static String text(String bytes) {
        return SourceFile.utf8(bytes);
    }
}
