package dev.sluice.modules.proxy;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.modules.core.Fnmatch;
import dev.sluice.modules.core.SectionMatchers;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code <Proxy>} and {@code <ProxyMatch>}: settings for what is proxied to a URL (proxysection, mod_proxy.c). */
final class ProxySections {
    private ProxySections() {}

    static void proxy(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        String argument = url(words);
        boolean wildcard = argument.matches(".*[*?\\[].*");
        Matcher matcher = wildcard ? new Wildcard(argument) : new Beginning(argument);
        scope.openSection(Section.Kind.PROXY, argument, new Url(matcher), line);
        if (words.size() > 1) {
            // After the lines inside, as httpd does.
            parameters(argument, words, line, scope);
        }
    }

    private static String url(List<Word> words) {
        String argument = words.isEmpty() ? "" : words.get(0).text();
        return argument.regionMatches(true, 0, "proxy:", 0, 6) ? argument.substring(6) : argument;
    }

    private static void parameters(String argument, List<Word> words, Line line, Scope scope) throws BadArgument {
        if (argument.matches(".*[*?\\[].*")) {
            throw new BadArgument("<Proxy> arguments are not supported for wildchar url.");
        }
        if (argument.indexOf(':') < 0) {
            throw new BadArgument("<Proxy> arguments are not supported for non url.");
        }
        List<Word> rest = words.subList(1, words.size());
        String form = "Invalid Proxy parameter. Parameter must be in the form 'key=value'";
        if (BalancerLine.isBalancer(argument)) {
            BalancerLines.set(argument, rest, "<Proxy ", form, line, scope);
        } else {
            ProxyLines.setWorker(argument, rest, "<Proxy ", form, line, scope);
        }
    }

    static void proxyMatch(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        if (words.size() > 1) {
            throw new BadArgument("Multiple <ProxyMatch> arguments not (yet) supported.");
        }
        String argument = words.isEmpty() ? "" : words.get(0).text();
        Matcher matcher = SectionMatchers.regex(argument);
        if (matcher == null) {
            throw new BadArgument("Regex could not be compiled");
        }
        scope.openSection(Section.Kind.PROXY_MATCH, argument, new Url(matcher), line);
    }

    /** Wildcards, which match slashes here (proxy_walk passes apr_fnmatch no flags). */
    private record Wildcard(String wildcards, boolean isAny) implements Matcher {
        Wildcard(String argument) {
            this(plain(argument), argument.equals("*"));
        }

        @Override
        public boolean matches(String name) {
            return isAny || Fnmatch.matches(wildcards, plain(name));
        }

        /** With no slash that a wildcard would stop at. */
        private static String plain(String text) {
            return text.replace('/', '\1');
        }
    }

    /** A URL that begins so. */
    private record Beginning(String prefix) implements Matcher {
        @Override
        public boolean matches(String name) {
            return name.startsWith(prefix);
        }
    }

    /** Looks at the URL behind {@code proxy:} of a file name (proxy_walk). */
    private record Url(Matcher url) implements Matcher {
        @Override
        public boolean matches(String name) {
            return url.matches(name.startsWith("proxy:") ? name.substring("proxy:".length()) : name);
        }

        @Override
        public boolean matches(String name, BiConsumer<String, String> captured) {
            return url.matches(name.startsWith("proxy:") ? name.substring("proxy:".length()) : name, captured);
        }

        @Override
        public @Nullable Pattern pattern() {
            return url.pattern();
        }

        @Override
        public List<String> captures() {
            return url.captures();
        }
    }
}
