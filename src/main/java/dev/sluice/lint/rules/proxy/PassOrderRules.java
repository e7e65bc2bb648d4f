package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of ProxyPass that others take the requests from, where those are not just further up. */
final class PassOrderRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "proxy-pass-mixed",
                    Severity.WARNING,
                    "A ProxyPass of a server below the path of a Location's, and so never used",
                    PassOrderRules::mixed),
            text(
                    "proxy-location-order",
                    Severity.WARNING,
                    "A ProxyPass of a Location before a Location of a shorter path, which replaces it",
                    PassOrderRules::replaced),
            text(
                    "proxy-websocket-shadowed",
                    Severity.WARNING,
                    "A ws:// ProxyPass behind an http:// one of the same path",
                    PassOrderRules::webSockets));

    private PassOrderRules() {}

    private static boolean isPlain(PassLine pass) {
        return !pass.isPattern() && pass.path().startsWith("/");
    }

    /** A Location's line is looked at first (proxy_trans, mod_proxy.c). */
    private static void mixed(LintSubject subject, Report report) {
        List<PassLine> all =
                PassLine.all(subject).stream().filter(PassOrderRules::isPlain).toList();
        List<PassLine> located =
                all.stream().filter(pass -> pass.section() != null).toList();
        for (PassLine pass : located.isEmpty() ? List.<PassLine>of() : all) {
            PassLine taker = pass.section() == null ? taker(pass, located) : null;
            if (taker != null) {
                String path = pass.path();
                report.at(
                        pass.line().wordSpan(0),
                        "'" + path + "' is never " + (pass.excludes() ? "left out" : "used")
                                + ": the ProxyPass of <Location " + taker.path() + "> comes before all outside of"
                                + " Locations, wherever they stand",
                        "the line that takes its requests",
                        taker.line().span(),
                        null);
            }
        }
    }

    private static @Nullable PassLine taker(PassLine pass, List<PassLine> located) {
        for (PassLine each : located) {
            if (each.host() == pass.host() && PassLine.covers(each.path(), pass.path())) {
                return each;
            }
        }
        return null;
    }

    private static void replaced(LintSubject subject, Report report) {
        List<PassLine> located = PassLine.all(subject).stream()
                .filter(pass -> pass.section() != null && isPlain(pass))
                .toList();
        for (int i = 0; i < located.size(); i++) {
            PassLine pass = located.get(i);
            for (PassLine later : located.subList(i + 1, located.size())) {
                boolean same = pass.path().equals(later.path()) && pass.url().equals(later.url());
                if (later.host() == pass.host() && !same && PassLine.covers(later.path(), pass.path())) {
                    report.at(
                            pass.line().span(),
                            "this is never used: <Location " + later.path() + "> fits every path that fits <Location "
                                    + pass.path() + ">, and of Locations that fit the last one counts",
                            "the line that replaces it",
                            later.line().span(),
                            null);
                    break;
                }
            }
        }
    }

    /** Whether {@code later} is meant for the WebSockets of {@code before}, which takes them. */
    static boolean isWebSocketOf(Standing before, Standing later) {
        boolean samePath = before.word(0).equals(later.word(0));
        return samePath && hasScheme(before, "http", "https") && hasScheme(later, "ws", "wss");
    }

    private static boolean hasScheme(Standing line, String plain, String secure) {
        String url = line.word(1).toLowerCase(Locale.ROOT);
        return url.startsWith(plain + "://") || url.startsWith(secure + "://");
    }

    private static void webSockets(LintSubject subject, Report report) {
        for (List<Standing> block : subject.blocks()) {
            List<Standing> passes = block.stream()
                    .filter(line -> line.is("ProxyPass") && line.directory() == null)
                    .toList();
            for (int i = 1; i < passes.size(); i++) {
                Standing later = passes.get(i);
                Standing before = passes.subList(0, i).stream()
                        .filter(each -> isWebSocketOf(each, later))
                        .findFirst()
                        .orElse(null);
                if (before != null) {
                    report.at(
                            later.wordSpan(1),
                            "WebSockets of '" + later.word(0) + "' go to '" + before.word(1)
                                    + "', which does not speak them: the first ProxyPass of a path takes all its requests",
                            "the first one",
                            before.span(),
                            upgrade(before, later));
                }
            }
        }
    }

    /** Where both mean one backend, a parameter of the first line does what the second is for. */
    private static @Nullable Fix upgrade(Standing before, Standing later) {
        String http = before.word(1).replaceFirst("(?i)^http", "");
        String ws = later.word(1).replaceFirst("(?i)^ws", "");
        boolean alone = later.line().isVerbatim() && before.line().isVerbatim();
        if (!http.equals(ws) || !alone || before.span().file() != later.span().file()) {
            return null;
        }
        int end = before.span().end();
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit(before.span().file().span(end, end), " upgrade=websocket"));
        Span lines = later.span().wholeLines();
        edits.add(new Edit(lines, ""));
        return new Fix("let the first line pass them on (httpd 2.4.47 and later)", List.copyOf(edits), false);
    }
}
