package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which virtual host a request gets. */
final class VirtualHostRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "server-name-duplicate",
                    Severity.WARNING,
                    "Two virtual hosts of one address and name: the second is never reached",
                    VirtualHostRules::duplicates),
            text(
                    "server-name-shadowed",
                    Severity.WARNING,
                    "A virtual host whose name an earlier wildcard takes",
                    VirtualHostRules::shadowed),
            text(
                    "server-name-missing",
                    Severity.WARNING,
                    "A virtual host without a name behind another one of its address",
                    VirtualHostRules::nameless),
            text(
                    "server-name-wildcard",
                    Severity.WARNING,
                    "A wildcard in ServerName, which only ServerAlias takes",
                    VirtualHostRules::wildcards),
            text(
                    "server-alias-form",
                    Severity.WARNING,
                    "A ServerAlias that no request's name can be",
                    VirtualHostRules::aliases),
            text(
                    "vhost-host-name",
                    Severity.WARNING,
                    "A virtual host whose address is a name, which is looked up at the start",
                    VirtualHostRules::hostNames));

    private VirtualHostRules() {}

    private static List<Standing> hosts(LintSubject subject) {
        return subject.lines("VirtualHost").stream()
                .filter(line -> line.line().isSection())
                .toList();
    }

    /** The line of that name among those of {@code host}; null where it has none. */
    private static @Nullable Standing line(LintSubject subject, Standing host, String name) {
        return subject.lines(name).stream()
                .filter(line -> line.outer() != null && line.hostLine() == host.line())
                .findFirst()
                .orElse(null);
    }

    private static List<Word> names(LintSubject subject, Standing host) {
        List<Word> names = new ArrayList<>();
        for (Standing line : subject.lines("ServerName", "ServerAlias")) {
            if (line.hostLine() == host.line()) {
                names.addAll(line.words());
            }
        }
        return names;
    }

    private static void duplicates(LintSubject subject, Report report) {
        Map<String, Word> first = new HashMap<>();
        Map<Word, Standing> of = new HashMap<>();
        for (Standing host : hosts(subject)) {
            List<Word> names = names(subject, host);
            Word before = null;
            boolean all = !names.isEmpty() && !host.words().isEmpty();
            for (Word address : host.words()) {
                for (Word name : names) {
                    Word known = first.putIfAbsent(key(address, name), name);
                    boolean earlier =
                            known != null && of.getOrDefault(known, host).line() != host.line();
                    before = earlier && before == null ? known : before;
                    all &= earlier;
                    of.putIfAbsent(name, host);
                }
            }
            Word name = names.isEmpty() ? null : names.get(0);
            if (all && name != null && before != null) {
                report.at(
                        name.span(),
                        "'" + name.text() + "' is the name of an earlier virtual host of '" + host.word(0)
                                + "', which gets all its requests",
                        "the earlier one",
                        before.span(),
                        null);
            }
        }
    }

    private static String key(Word address, Word name) {
        return (address.text().replace("_default_", "*") + " " + name.text().replaceFirst(":\\d+$", ""))
                .toLowerCase(Locale.ROOT);
    }

    private static void shadowed(LintSubject subject, Report report) {
        List<Standing> earlier = new ArrayList<>();
        for (Standing host : hosts(subject)) {
            Standing name = line(subject, host, "ServerName");
            for (Standing other : earlier) {
                Word wildcard = name == null ? null : wildcard(subject, other, name.word(0));
                if (name != null && wildcard != null && addresses(other).containsAll(addresses(host))) {
                    report.at(
                            name.wordSpan(0),
                            "'" + name.word(0) + "' is never reached: '" + wildcard.text()
                                    + "' of an earlier virtual host fits it, and the first that fits is taken",
                            "the earlier one",
                            wildcard.span(),
                            null);
                    break;
                }
            }
            earlier.add(host);
        }
    }

    private static @Nullable Word wildcard(LintSubject subject, Standing host, String name) {
        for (Standing line : subject.lines("ServerAlias")) {
            for (Word alias : line.hostLine() == host.line() ? line.words() : List.<Word>of()) {
                boolean wild = alias.text().indexOf('*') >= 0;
                if (wild && name.matches("(?i)" + glob(alias.text()))) {
                    return alias;
                }
            }
        }
        return null;
    }

    private static String glob(String wildcard) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcard.length(); i++) {
            char c = wildcard.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }

    private static Set<String> addresses(Standing host) {
        Set<String> all = new HashSet<>();
        host.words()
                .forEach(word -> all.add(word.text().toLowerCase(Locale.ROOT).replace("_default_", "*")));
        return all;
    }

    private static void nameless(LintSubject subject, Report report) {
        Map<String, Standing> first = new HashMap<>();
        for (Standing host : hosts(subject)) {
            Standing before = null;
            boolean all = !host.words().isEmpty();
            for (String address : addresses(host)) {
                Standing known = first.putIfAbsent(address, host);
                all &= known != null;
                before = before == null ? known : before;
            }
            if (all && before != null && names(subject, host).isEmpty()) {
                report.at(
                        host.span(),
                        "it has no ServerName, and the first virtual host of '" + host.word(0)
                                + "' gets the requests for names that none has",
                        "the first one",
                        before.span(),
                        null);
            }
        }
    }

    private static void wildcards(LintSubject subject, Report report) {
        for (Standing line : subject.lines("ServerName")) {
            if (line.word(0).indexOf('*') >= 0) {
                report.at(
                        line.wordSpan(0),
                        "a name is compared letter by letter: no request is for '" + line.word(0)
                                + "', and ServerAlias has the wildcards");
            }
        }
    }

    private static void aliases(LintSubject subject, Report report) {
        for (Standing line : subject.lines("ServerAlias")) {
            for (Word word : line.words()) {
                String text = word.text();
                boolean comma = text.endsWith(",") || text.startsWith(",");
                boolean form = comma || text.matches("(?i)https?://.*|[^:]*:\\d+|.*[/,;].*");
                if (!form) {
                    continue;
                }
                String bare = text.replaceAll("^,|[,;]$", "");
                report.at(
                        word.span(),
                        "no Host header is '" + text + "': names stand here alone, with blanks between them",
                        comma
                                        && !bare.isEmpty()
                                        && bare.indexOf(',') < 0
                                        && word.span().text().equals(text)
                                ? line.ifVerbatim(Fix.replace("leave the comma out", word.span(), bare))
                                : null);
            }
        }
    }

    private static void hostNames(LintSubject subject, Report report) {
        for (Standing host : hosts(subject)) {
            for (Word word : host.words()) {
                String address = word.text().replaceFirst(":(\\d+|\\*)$", "");
                boolean name = address.matches(".*[A-Za-z].*") && address.matches("[A-Za-z0-9._-]+");
                if (name && !address.equalsIgnoreCase("_default_") && !address.equals("localhost")) {
                    report.at(
                            word.span(),
                            "'" + address + "' is looked up when the server starts: the virtual host is for the"
                                    + " addresses that it has then, and for none if it has none; its name belongs to"
                                    + " ServerName");
                }
            }
        }
    }
}
