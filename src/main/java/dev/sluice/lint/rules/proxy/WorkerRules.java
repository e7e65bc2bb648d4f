package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.directive.Line;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Severity;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of workers that belong to a worker of another line. */
final class WorkerRules {
    static final List<LintRule> ALL = List.of(text(
            "proxy-worker-shared",
            Severity.WARNING,
            "Parameters of a ProxyPass whose backend an earlier line has set up, and which are dropped",
            WorkerRules::shared));

    /** Parameters of a line that are not its worker's. */
    private static final Set<String> OF_LINE = Set.of("mapping");

    private WorkerRules() {}

    /** @param parameters those of the line that made it */
    private record Made(String name, Standing line, List<Word> parameters) {}

    /** As ap_proxy_get_worker finds one: the longest name that the URL begins with (proxy_util.c). */
    private static void shared(LintSubject subject, Report report) {
        Map<Object, List<Made>> byHost = new HashMap<>();
        for (Standing line : subject.lines("ProxyPass", "Proxy")) {
            Made made = made(line);
            if (made == null) {
                continue;
            }
            List<Made> workers = byHost.computeIfAbsent(key(line), host -> new ArrayList<>());
            Made before = find(workers, made.name);
            if (before == null) {
                workers.add(made);
            } else if (line.is("ProxyPass")) {
                tell(made, before, report);
            }
        }
    }

    private static Object key(Standing line) {
        Line host = line.hostLine();
        return host == null ? "" : host;
    }

    private static @Nullable Made made(Standing line) {
        if (line.is("Proxy")) {
            boolean isUrl = line.word(0).matches("(?i)(https?|ajp|fcgi|scgi|h2c?)://[^*?\\[]+");
            return line.line().isSection() && isUrl ? new Made(name(line.word(0)), line, ofSection(line)) : null;
        }
        boolean tilde = line.word(0).equals("~");
        boolean inSection = line.directory() != null;
        int target = inSection ? 0 : tilde ? 2 : 1;
        String url = line.word(target);
        boolean plain = !tilde && url.contains("://") && url.indexOf('$') < 0 && url.indexOf('|') < 0;
        boolean worker = plain && !url.regionMatches(true, 0, "balancer:", 0, 9);
        return worker ? new Made(name(url), line, PassLine.parameters(line, target + 1)) : null;
    }

    /** What the section's own words and its ProxySet lines say. */
    private static List<Word> ofSection(Standing section) {
        List<Word> all = new ArrayList<>(PassLine.parameters(section, 1));
        List<Line> lines = section.line().children();
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase("ProxySet")) {
                all.addAll(PassLine.parameters(new Standing(line, section, lines), 0));
            }
        }
        return all;
    }

    private static String name(String url) {
        String origin = PassLine.origin(url);
        return origin + url.substring(origin.length());
    }

    private static @Nullable Made find(List<Made> workers, String url) {
        Made best = null;
        for (Made each : workers) {
            boolean whole = each.name.length() >= PassLine.origin(url).length();
            if (whole && url.startsWith(each.name) && (best == null || each.name.length() > best.name.length())) {
                best = each;
            }
        }
        return best;
    }

    private static void tell(Made made, Made before, Report report) {
        for (Word parameter : made.parameters) {
            String key = PassLine.key(parameter);
            Word other = PassLine.parameter(before.parameters, key);
            String kept = other == null ? null : PassLine.value(other);
            if (OF_LINE.contains(key) || PassLine.value(parameter).equalsIgnoreCase(kept)) {
                continue;
            }
            report.at(
                    parameter.span(),
                    "'" + parameter.text() + "' is dropped: '" + made.name + "' shares the connections of '"
                            + before.name + "', with "
                            + (kept == null ? "no " + key + " of its own" : key + "=" + kept),
                    "the line that set them up; with the longer URL first each has its own",
                    before.line.span(),
                    null);
        }
    }

    /** Scheme of {@code url} in lower case. */
    static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
