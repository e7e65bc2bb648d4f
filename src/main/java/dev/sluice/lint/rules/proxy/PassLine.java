package dev.sluice.lint.rules.proxy;

import dev.sluice.directive.Line;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Standing;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A ProxyPass or ProxyPassMatch as it is written.
 *
 * @param line the line
 * @param section the section by path that it stands in; null where it has its path itself
 * @param path the path or pattern; empty where the section has none
 * @param isPattern whether {@code path} is no plain path: a regular expression, wildcards, a condition
 * @param target where the URL is among the words of the line
 */
record PassLine(Standing line, @Nullable Standing section, String path, boolean isPattern, int target) {
    /** All of them, in the order of execution. */
    static List<PassLine> all(LintSubject subject) {
        List<PassLine> all = new ArrayList<>();
        for (Standing line : subject.lines("ProxyPass", "ProxyPassMatch")) {
            PassLine pass = of(line);
            if (!pass.url().isEmpty()) {
                all.add(pass);
            }
        }
        return all;
    }

    private static PassLine of(Standing line) {
        Standing section = line.directory();
        boolean match = line.is("ProxyPassMatch");
        if (section == null) {
            boolean tilde = line.word(0).equals("~");
            int at = tilde ? 1 : 0;
            return new PassLine(line, null, line.word(at), match || tilde, at + 1);
        }
        boolean plain = section.is("Location")
                && section.words().size() == 1
                && !section.word(0).matches(".*[*?\\[].*");
        return new PassLine(line, section, plain ? section.word(0) : "", match || !plain, 0);
    }

    /** The URL, or {@code !}; empty where there is none. */
    String url() {
        return line.word(target);
    }

    Span urlSpan() {
        return line.wordSpan(target);
    }

    /** Whether it leaves its path to this server. */
    boolean excludes() {
        return url().equals("!");
    }

    /** The URL up to its path, in lower case: {@code http://host:8080}. */
    String origin() {
        return origin(url());
    }

    static String origin(String url) {
        int authority = url.indexOf("://");
        int slash = authority < 0 ? -1 : url.indexOf('/', authority + 3);
        return (slash < 0 ? url : url.substring(0, slash)).toLowerCase(Locale.ROOT);
    }

    /** {@code http}, in lower case; empty where the URL has none. */
    String scheme() {
        int colon = url().indexOf("://");
        return colon < 0 ? "" : url().substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** The words behind the URL that are {@code key=value}. */
    List<Word> parameters() {
        return parameters(line, target + 1);
    }

    /** The words of {@code line} from {@code from} on that are {@code key=value}. */
    static List<Word> parameters(Standing line, int from) {
        return line.words().stream()
                .skip(from)
                .filter(word -> word.text().indexOf('=') > 0)
                .toList();
    }

    /** That of this key, in any case of letters; null where the line has none. */
    @Nullable
    Word parameter(String key) {
        return parameter(parameters(), key);
    }

    static @Nullable Word parameter(List<Word> words, String key) {
        Word found = null;
        for (Word word : words) {
            if (key(word).equalsIgnoreCase(key)) {
                found = word;
            }
        }
        return found;
    }

    static String key(Word parameter) {
        return parameter.text().substring(0, parameter.text().indexOf('=')).toLowerCase(Locale.ROOT);
    }

    static String value(Word parameter) {
        return parameter.text().substring(parameter.text().indexOf('=') + 1);
    }

    /** The line that opens its virtual host; null in the main server. */
    @Nullable
    Line host() {
        return line.hostLine();
    }

    /** Whether every path that {@code path} fits is one that {@code shorter} fits, too. */
    static boolean covers(String shorter, String path) {
        if (!path.startsWith(shorter)) {
            return false;
        }
        return shorter.endsWith("/") || path.length() == shorter.length() || path.charAt(shorter.length()) == '/';
    }
}
