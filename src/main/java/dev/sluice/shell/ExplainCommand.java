package dev.sluice.shell;

import dev.sluice.config.ConfigError;
import dev.sluice.directive.Line;
import dev.sluice.lint.report.Json;
import dev.sluice.migrate.Host;
import dev.sluice.migrate.Route;
import dev.sluice.migrate.Site;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import dev.sluice.server.Explainer;
import dev.sluice.server.Explanation;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code explain}: one request's way through the configuration, walked by the server's own code. */
final class ExplainCommand {
    /** Patterns and prefixes as mod_rewrite's and mod_proxy's lines quote them. */
    private static final Pattern QUOTED = Pattern.compile("(?:pattern|prefix)[= ]'([^']*)'");

    /** What mod_rewrite's lines begin with: the client, and who is logged in. */
    private static final Pattern PREFIX = Pattern.compile("^\\S+ - \\S+ \\[[^]]*\\]\\[rid#[^]]*\\] ");

    private final Out out;
    private final Map<String, Set<String>> places = new LinkedHashMap<>();

    private ExplainCommand(Out out) {
        this.out = out;
    }

    static Command command() {
        return new Command(
                "explain",
                AskedUrl.USAGE,
                "a request's way through the configuration, without sending it: host, phases, rewriting, backend",
                "explain GET https://www.example/app?x=1 -H 'Cookie: a=b'",
                (session, before) -> urls(session),
                ExplainCommand::run);
    }

    private static List<String> urls(Session session) {
        List<String> urls = new ArrayList<>();
        for (Site site : session.sites().all()) {
            for (Host host : site.hosts()) {
                if (!site.isMain() && !site.name().contains(":")) {
                    urls.add((host.isTls() ? "https://" : "http://") + site.name() + "/");
                }
            }
        }
        return urls.stream().distinct().toList();
    }

    private static int run(Session session, List<String> words, Out out) throws Command.Misuse {
        Explainer.Asked asked = AskedUrl.read(words, session.sites());
        try (Explainer explainer = Explainer.of(session.trial())) {
            Explanation found = explainer.explain(asked);
            ExplainCommand printing = new ExplainCommand(out);
            Host host = host(session, found.server());
            printing.learn(host);
            if (out.isJson()) {
                printing.json(asked, found, host);
            } else {
                printing.print(asked, found, host);
            }
            return Command.DONE;
        } catch (CannotStart | ConfigError e) {
            out.line("the configuration cannot be served: " + SourceFile.utf8(String.valueOf(e.getMessage()))
                    + "; 'lint' says more");
            return Command.FOUND;
        }
    }

    /** That of the session's reading whose lines made {@code server} in the trial's. */
    private static Host host(Session session, Server server) {
        String place = server.span() == null
                ? ""
                : server.span().file().name() + ":" + server.span().line();
        return session.sites().all().stream()
                .flatMap(site -> site.hosts().stream())
                .filter(host -> host.place().equals(place))
                .findFirst()
                .orElseThrow();
    }

    private void learn(Host host) {
        List<Line> lines = new ArrayList<>();
        host.all().forEach(lines::add);
        host.inherited().stream().flatMap(ExplainCommand::all).forEach(lines::add);
        for (Line line : lines) {
            switch (line.name().toLowerCase(Locale.ROOT)) {
                case "rewriterule", "proxypass", "proxypassmatch" -> learn(line, 0);
                case "rewritecond" -> learn(line, 1);
                default -> {}
            }
        }
    }

    private static Stream<Line> all(Line line) {
        return Stream.concat(Stream.of(line), line.children().stream().flatMap(ExplainCommand::all));
    }

    private void learn(Line line, int word) {
        if (word < line.words().size()) {
            places.computeIfAbsent(line.words().get(word).text(), key -> new LinkedHashSet<>())
                    .add(Host.place(line));
        }
    }

    private void print(Explainer.Asked asked, Explanation found, Host host) {
        String scheme = asked.tls() ? "https://" : "http://";
        out.line(out.paint().strong(asked.method() + " " + scheme + asked.host() + text(asked.target())));
        out.line("");
        row(
                "address",
                asked.local().getAddress().getHostAddress() + ":"
                        + asked.local().getPort());
        row("host", described(host) + why(asked, found, host));
        for (Server other : found.others()) {
            if (other != found.server() && other.span() != null) {
                row("", "also there: " + text(name(other)) + "  " + text(place(other.span())));
            }
        }
        String phase = "";
        for (Explanation.Step step : found.steps()) {
            if (step instanceof Explanation.Acted acted) {
                String name = acted.phase().name().toLowerCase(Locale.ROOT);
                row(name.equals(phase) ? "" : name, shortName(acted.module()) + ": " + text(acted.what()));
                phase = name;
            } else if (step instanceof Explanation.Logged logged) {
                row(
                        "",
                        "  " + logged.module() + ": "
                                + text(PREFIX.matcher(logged.message()).replaceFirst("")) + placesIn(logged.message()));
            } else if (step instanceof Explanation.Redirected redirected) {
                row("again", text(redirected.target()));
                phase = "";
            }
        }
        out.line("");
        answer(found);
        settings(found);
    }

    private void answer(Explanation found) {
        String label = "answer";
        if (found.status() != 0) {
            row(label, Integer.toString(found.status()));
            label = "";
        }
        for (String line : found.answer()) {
            row(label, text(line));
            label = "";
        }
    }

    private void settings(Explanation found) {
        String label = "settings";
        for (Setting<?> setting : found.settings().given()) {
            Span origin = found.settings().origin(setting);
            if (origin != null && !origin.file().text().isEmpty()) {
                String line = text(origin.text().strip());
                row(
                        label,
                        line.lines().findFirst().orElse("") + "  " + out.paint().gutter(text(place(origin))));
                label = "";
            }
        }
    }

    private void row(String label, String text) {
        out.line((String.format(Locale.ROOT, "%-18s", label) + text).stripTrailing());
    }

    private static String described(Host host) {
        return host.opening() == null
                ? "main server"
                : text("<VirtualHost " + String.join(" ", host.addresses()) + ">  " + host.place());
    }

    private static String why(Explainer.Asked asked, Explanation found, Host host) {
        if (host.opening() == null) {
            return ": no virtual host has this address";
        }
        String name = asked.host().replaceFirst(":\\d+$", "");
        boolean byName = name.equalsIgnoreCase(name(found.server()))
                || new Site("", List.of(host)).aliases().stream().anyMatch(alias -> matches(alias, name));
        if (byName) {
            return ": it goes by the name " + text(name);
        }
        return found.others().isEmpty() || found.others().get(0) == found.server()
                ? ": the first of its address, since none goes by the name " + text(name)
                : "";
    }

    private static boolean matches(String alias, String name) {
        String pattern = Pattern.quote(alias).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(name).matches();
    }

    private static String name(Server server) {
        return server.settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::host)
                .orElse("");
    }

    private static String shortName(String module) {
        String name = module.replaceFirst("_module$", "");
        return name.equals("core") ? name : "mod_" + name;
    }

    /** {@code  (httpd.conf:12)} for what a line quotes; empty where it quotes nothing that stands somewhere. */
    private String placesIn(String message) {
        Matcher quoted = QUOTED.matcher(message);
        if (!quoted.find()) {
            return "";
        }
        Set<String> found = places.get(quoted.group(1));
        return found == null ? "" : "  " + out.paint().gutter(text(String.join(" ", found)));
    }

    private void json(Explainer.Asked asked, Explanation found, Host host) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Explanation.Step step : found.steps()) {
            if (step instanceof Explanation.Acted acted) {
                steps.add(Json.object(
                        "phase",
                        acted.phase().name().toLowerCase(Locale.ROOT),
                        "module",
                        acted.module(),
                        "what",
                        acted.what()));
            } else if (step instanceof Explanation.Logged logged) {
                steps.add(Json.object(
                        "module", logged.module(), "level", logged.level().word(), "message", logged.message()));
            } else if (step instanceof Explanation.Redirected redirected) {
                steps.add(Json.object("again", redirected.target()));
            }
        }
        List<Map<String, Object>> settings = new ArrayList<>();
        for (Setting<?> setting : found.settings().given()) {
            Span origin = found.settings().origin(setting);
            if (origin != null) {
                settings.add(Json.object("setting", setting.name(), "place", place(origin)));
            }
        }
        out.json(Json.object(
                "method",
                asked.method(),
                "target",
                asked.target(),
                "host",
                Objects.requireNonNullElse(name(found.server()), ""),
                "place",
                host.place(),
                "steps",
                steps,
                "status",
                found.status(),
                "answer",
                found.answer(),
                "routes",
                host.routes().stream().map(Route::place).toList(),
                "settings",
                settings));
    }

    private static String place(Span span) {
        return span.file().name() + ":" + span.line();
    }

    private static String text(String bytes) {
        return SourceFile.utf8(bytes);
    }
}
