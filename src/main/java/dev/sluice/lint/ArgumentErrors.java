package dev.sluice.lint;

import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.source.Diagnostic;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the word of a line that a message of httpd's is about, where the message is about the line as a whole. */
final class ArgumentErrors {
    private static final Pattern QUOTED = Pattern.compile("'([^'\\s]+)'");

    /** What stands behind Require, by the module that knows it. */
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("ip", "mod_authz_host"),
            Map.entry("host", "mod_authz_host"),
            Map.entry("local", "mod_authz_host"),
            Map.entry("forward-dns", "mod_authz_host"),
            Map.entry("user", "mod_authz_user"),
            Map.entry("valid-user", "mod_authz_user"),
            Map.entry("group", "mod_authz_groupfile"),
            Map.entry("file-group", "mod_authz_owner"),
            Map.entry("file-owner", "mod_authz_owner"),
            Map.entry("dbm-group", "mod_authz_dbm"),
            Map.entry("dbd-group", "mod_authz_dbd"),
            Map.entry("ldap-user", "mod_authnz_ldap"),
            Map.entry("ldap-group", "mod_authnz_ldap"),
            Map.entry("ssl", "mod_ssl"),
            Map.entry("ssl-verify-client", "mod_ssl"));

    private ArgumentErrors() {}

    /** {@code finding} at its word, with what is wrong with a pattern, as far as that can be told. */
    static Diagnostic narrowed(Diagnostic finding, @Nullable Line line) {
        boolean whole = line != null && line.span().equals(finding.span());
        boolean ofArguments =
                finding.rule().equals(Findings.ARGUMENTS) || finding.rule().equals(Findings.NOT_SUPPORTED);
        if (line == null || !whole || !ofArguments) {
            return finding;
        }
        String message = finding.message();
        if (message.contains("egular expression") || message.contains("could not be compiled")) {
            return ofPattern(finding, line);
        }
        if (finding.rule().equals(Findings.NOT_SUPPORTED)) {
            return finding;
        }
        List<Word> named = line.words().stream()
                .filter(word -> isNamed(word.text(), message))
                .toList();
        boolean alone = line.words().size() == 1 && !message.contains(" argument") && !message.contains("closing '>'");
        if (named.size() == 1) {
            return withProvider(at(named.get(0), finding), named.get(0).text());
        }
        Word around = around(line, message);
        if (named.isEmpty() && around != null) {
            return at(around, finding);
        }
        return named.isEmpty() && alone ? at(line.words().get(0), finding) : finding;
    }

    private static boolean isNamed(String word, String message) {
        return word.length() > 1
                && (message.contains("'" + word + "'")
                        || message.contains('"' + word + '"')
                        || message.endsWith(": " + word)
                        || isParameter(word, message));
    }

    /** {@code timeout=none}, of which the message speaks as Timeout. */
    private static boolean isParameter(String word, String message) {
        int equals = word.indexOf('=');
        return equals > 2
                && message.toLowerCase(Locale.ROOT)
                        .contains(" " + word.substring(0, equals).toLowerCase(Locale.ROOT) + " ");
    }

    /** The only word that has what the message quotes in it: a flag in brackets. */
    private static @Nullable Word around(Line line, String message) {
        Matcher quoted = QUOTED.matcher(message);
        if (!quoted.find()) {
            return null;
        }
        List<Word> all = line.words().stream()
                .filter(word -> word.text().contains(quoted.group(1)))
                .toList();
        return all.size() == 1 ? all.get(0) : null;
    }

    /** Says whose a provider of Require is that no loaded module has. */
    private static Diagnostic withProvider(Diagnostic finding, String provider) {
        String module = PROVIDERS.get(provider.toLowerCase(Locale.ROOT));
        boolean unknown = finding.message().startsWith("Unknown Authz provider");
        return unknown && module != null
                ? finding.noting("it is one of " + module + ", which is not loaded", null)
                : finding;
    }

    private static Diagnostic at(Word word, Diagnostic finding) {
        return new Diagnostic(finding.rule(), word.span(), finding.message(), finding.notes(), finding.fix());
    }

    private static Diagnostic ofPattern(Diagnostic finding, Line line) {
        List<Word> bad = new ArrayList<>();
        BadPattern why = null;
        for (Word word : line.words()) {
            String pattern = word.text().startsWith("!") ? word.text().substring(1) : word.text();
            try {
                Regex.compile(pattern);
            } catch (BadPattern e) {
                bad.add(word);
                why = e;
            }
        }
        if (bad.size() != 1 || why == null) {
            return finding;
        }
        String reason = Objects.requireNonNull(why.getMessage());
        if (!why.isUnsupported()) {
            return at(bad.get(0), finding).noting("what is wrong with it: " + reason, null);
        }
        String construct = reason.substring(0, reason.lastIndexOf('\'') + 1);
        return new Diagnostic(
                ReadErrors.REGEX,
                bad.get(0).span(),
                "httpd takes this pattern and Sluice cannot: Java's regular expressions have nothing like "
                        + construct);
    }
}
