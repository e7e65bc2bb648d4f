package dev.sluice.modules.core;

import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import dev.sluice.model.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the arguments of sections into matchers, as httpd's core.c does it. What is matched: for {@code <Directory>} a
 * path with a slash at its end, for {@code <Files>} a name without slashes, for {@code <Location>} a URL path.
 */
public final class SectionMatchers {
    private SectionMatchers() {}

    /** {@code <Directory>}: a path made canonical, with a slash at its end; wildcards do not cross slashes. */
    public static Matcher directory(String path) {
        String canonical = path.equals("/") ? path : canonical(path);
        return new Directory(canonical, components(canonical), Fnmatch.isPattern(canonical));
    }

    /** {@code <Files>}: a name. */
    public static Matcher files(String name) {
        String canonical = trimmed(canonical(name));
        return Fnmatch.isPattern(canonical) ? new Wildcard(canonical) : new Name(canonical);
    }

    /** {@code <Location>}: a prefix that ends where a component ends, or wildcards for all of the path. */
    public static Matcher location(String path) {
        return Fnmatch.isPattern(path) ? new Wildcard(path) : new Prefix(path);
    }

    /** The {@code ...Match} sections and the {@code ~} forms; null where the pattern cannot be compiled. */
    public static @Nullable Matcher regex(String pattern) {
        try {
            return new Pattern(Regex.compile(pattern));
        } catch (BadPattern e) {
            return null;
        }
    }

    /** Without empty, {@code .} and {@code ..} components, with a slash at the end (apr_filepath_merge). */
    private static String canonical(String path) {
        boolean absolute = path.startsWith("/");
        List<String> kept = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")
                    && !kept.isEmpty()
                    && !kept.get(kept.size() - 1).equals("..")) {
                kept.remove(kept.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".") && !(absolute && part.equals(".."))) {
                kept.add(part);
            }
        }
        String joined = String.join("/", kept);
        return (absolute ? "/" : "") + joined + (joined.isEmpty() && absolute ? "" : "/");
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static int components(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /**
     * A path on disk.
     *
     * @param components number of slashes: shorter ones apply first
     */
    record Directory(String path, int components, boolean isWildcard) implements Matcher {
        @Override
        public boolean matches(String name) {
            return isWildcard ? Fnmatch.matches(path, name) : path.equals(name);
        }
    }

    record Name(String name) implements Matcher {
        @Override
        public boolean matches(String other) {
            return name.equals(other);
        }
    }

    record Wildcard(String wildcard) implements Matcher {
        @Override
        public boolean matches(String name) {
            return Fnmatch.matches(wildcard, name);
        }
    }

    record Prefix(String prefix) implements Matcher {
        @Override
        public boolean matches(String path) {
            int length = prefix.length();
            return path.startsWith(prefix)
                    && (length == 0
                            || length == path.length()
                            || prefix.charAt(length - 1) == '/'
                            || path.charAt(length) == '/');
        }
    }

    /**
     * A regular expression.
     *
     * @param captures variables of the groups that have names, {@code MATCH_NAME}
     */
    record Pattern(Regex regex, List<String> captures) implements Matcher {
        Pattern(Regex regex) {
            this(
                    regex,
                    regex.names().stream()
                            .filter(name -> !name.isEmpty())
                            .map(Pattern::variable)
                            .toList());
        }

        private static String variable(String group) {
            return "MATCH_" + group.toUpperCase(Locale.ROOT);
        }

        @Override
        public boolean matches(String name) {
            return regex.matches(name);
        }

        @Override
        public java.util.regex.Pattern pattern() {
            return regex.pattern();
        }

        @Override
        public boolean matches(String name, BiConsumer<String, String> captured) {
            Captures found = regex.find(name);
            if (found == null) {
                return false;
            }
            List<String> names = regex.names();
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).isEmpty() && found.has(i + 1)) {
                    captured.accept(variable(names.get(i)), found.group(i + 1));
                }
            }
            return true;
        }
    }
}
