package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.syntax.Word;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Directives that are out of date, said twice, or said to nobody. */
final class DirectiveRules {
    static final List<LintRule> ALL = List.of(
            text("deprecated", Severity.NOTE, "A directive that has a successor", DirectiveRules::deprecated),
            text(
                    "directive-repeated",
                    Severity.WARNING,
                    "A directive given twice, of which only the last counts",
                    (subject, report) -> subject.blocks().forEach(block -> repeated(block, report))),
            text(
                    "options-replaced",
                    Severity.WARNING,
                    "Options given twice in one section: the later line replaces the earlier one",
                    (subject, report) -> subject.blocks().forEach(block -> options(block, report))),
            text(
                    "log-format-missing",
                    Severity.WARNING,
                    "A log with a format that has no name and no letter to fill in",
                    DirectiveRules::formats),
            text(
                    "comment-as-argument",
                    Severity.WARNING,
                    "A comment behind arguments, whose words are arguments too",
                    DirectiveRules::comments));

    /** Old names that httpd takes, and what they are called now. */
    private static final Map<String, String> RENAMED =
            Map.of("maxclients", "MaxRequestWorkers", "maxrequestsperchild", "MaxConnectionsPerChild");

    private static final Map<String, String> SUPERSEDED = Map.of(
            "sslcertificatechainfile",
            "the chain belongs into the file of SSLCertificateFile, behind the certificate",
            "sslrandomseed",
            "it does nothing with an OpenSSL of 1.1.1 or later, which seeds itself",
            "sslrequire",
            "Require expr says the same with httpd's own expressions");

    /** Those of which a section has one value. Where the last is meant to win over a default, it stands in another file. */
    private static final Set<String> SINGLE = Set.of(
            "servername",
            "documentroot",
            "serveradmin",
            "errorlog",
            "timeout",
            "keepalive",
            "keepalivetimeout",
            "maxkeepaliverequests",
            "sslengine",
            "sslprotocol",
            "sslciphersuite",
            "sslhonorcipherorder",
            "loglevel",
            "allowoverride",
            "allowencodedslashes",
            "proxypreservehost",
            "proxytimeout",
            "proxyrequests",
            "proxyvia",
            "rewritebase",
            "authtype",
            "authname",
            "authuserfile",
            "authgroupfile",
            "serversignature",
            "servertokens",
            "traceenable",
            "usecanonicalname",
            "hostnamelookups",
            "limitrequestbody",
            "user",
            "group",
            "pidfile",
            "sslverifyclient",
            "sslverifydepth",
            "sslproxyengine",
            "protocols",
            "sslcertificatechainfile",
            "satisfy",
            "order",
            "typesconfig",
            "serverlimit",
            "startservers",
            "maxrequestworkers",
            "threadsperchild",
            "maxconnectionsperchild",
            "forcetype",
            "sethandler",
            "enablesendfile",
            "enablemmap",
            "proxyerroroverride");

    /** Directives that take words in any number, so that those of a comment go unnoticed. */
    private static final Set<String> LISTS = Set.of(
            "serveralias",
            "require",
            "allow",
            "deny",
            "options",
            "addtype",
            "addhandler",
            "directoryindex",
            "sslprotocol",
            "allowoverride",
            "addoutputfilterbytype",
            "proxyaddheaders",
            "indexoptions",
            "protocols",
            "addencoding",
            "addlanguage",
            "requireall",
            "balancermember",
            "proxypass");

    private DirectiveRules() {}

    private static void deprecated(LintSubject subject, Report report) {
        RENAMED.forEach((old, fresh) -> {
            for (Standing line : subject.lines(old)) {
                report.at(
                        line.line().nameSpan(),
                        "'" + line.line().name() + "' is called " + fresh + " since httpd 2.4",
                        line.ifVerbatim(Fix.replace("call it so", line.line().nameSpan(), fresh)));
            }
        });
        SUPERSEDED.forEach((old, why) -> {
            for (Standing line : subject.lines(old)) {
                report.at(line.span(), "'" + line.line().name() + "' is out of date: " + why);
            }
        });
    }

    private static void repeated(List<Standing> block, Report report) {
        Map<String, Standing> first = new HashMap<>();
        for (Standing line : block) {
            if (!SINGLE.contains(line.name()) || line.line().isSection()) {
                continue;
            }
            Standing before = first.put(line.name(), line);
            if (before == null || before.span().file() != line.span().file()) {
                continue;
            }
            if (isSame(before, line) || (line.line().args().indexOf(':') >= 0 && line.is("LogLevel"))) {
                continue;
            }
            report.at(
                    before.span(),
                    "this has no effect: further down it is '" + line.line() + "', and the last line counts",
                    "the last one",
                    line.span(),
                    before.ifVerbatim(Fix.deleteLines("drop the first", before.span())));
        }
    }

    private static boolean isSame(Standing one, Standing other) {
        return one.words().stream()
                .map(Word::text)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList()
                .equals(other.words().stream()
                        .map(Word::text)
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static void options(List<Standing> block, Report report) {
        Standing before = null;
        for (Standing line : block) {
            if (!line.is("Options") || line.words().isEmpty()) {
                continue;
            }
            boolean adds = line.words().stream()
                    .allMatch(word -> word.text().startsWith("+") || word.text().startsWith("-"));
            if (before != null && !adds && before.span().file() == line.span().file()) {
                report.at(
                        before.span(),
                        "this has no effect: '" + line.line()
                                + "' further down replaces it, since it has no '+' and '-'",
                        "the last one",
                        line.span(),
                        before.ifVerbatim(Fix.deleteLines("drop the first", before.span())));
            }
            before = line;
        }
    }

    private static void formats(LintSubject subject, Report report) {
        Set<String> names = new HashSet<>(Set.of("common", "clf"));
        for (Standing line : subject.lines("LogFormat")) {
            names.add(line.word(1));
        }
        boolean usual = !subject.facts().isWhole();
        for (Standing line : subject.lines("CustomLog")) {
            String format = line.word(1);
            boolean literal = !format.isEmpty() && format.indexOf('%') < 0 && !names.contains(format);
            if (literal && !usual) {
                report.at(
                        line.wordSpan(1),
                        "no LogFormat is called '" + format + "': every line of this log is the word '" + format + "'");
            }
        }
    }

    private static void comments(LintSubject subject, Report report) {
        for (Standing line : subject.lines()) {
            if (!LISTS.contains(line.name()) || line.line().isSection()) {
                continue;
            }
            for (Word word : line.words()) {
                if (!word.span().text().startsWith("#")) {
                    continue;
                }
                int end = line.span().end();
                String comment = word.span().file().text().substring(word.span().start(), end);
                report.at(
                        word.span().file().span(word.span().start(), end),
                        "a comment has a line of its own: here its words are arguments of "
                                + line.line().name(),
                        comment.indexOf('\n') >= 0 ? null : line.ifVerbatim(ownLine(line, word, comment)));
                break;
            }
        }
    }

    private static Fix ownLine(Standing line, Word word, String comment) {
        String text = line.span().text();
        String before =
                text.substring(0, word.span().start() - line.span().start()).stripTrailing();
        return Fix.replace(
                "give it a line", line.span(), comment + "\n" + line.span().indent() + before);
    }
}
