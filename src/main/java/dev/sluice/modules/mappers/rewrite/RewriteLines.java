package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines of mod_rewrite. */
public final class RewriteLines {
    /** Of a server, and of whatever a request's path is mapped to. */
    public record Holders(Setting<Rewrites> server, Setting<Rewrites> section) {}

    private final Holders holders;

    public RewriteLines(Holders holders) {
        this.holders = holders;
    }

    /** At server level it also switches the rules of the sections below, where those say nothing. */
    public void engine(Line line, Scope scope) {
        boolean on = line.words().get(0).text().equalsIgnoreCase("on");
        giveBoth(Rewrites.of(directory(scope)).engine(on), line, scope);
    }

    public void options(Line line, Scope scope) throws BadArgument {
        for (var word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            option(word.text(), line, scope);
        }
    }

    private void option(String word, Line line, Scope scope) throws BadArgument {
        if (word.regionMatches(true, 0, "MaxRedirects=", 0, 13)) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "AH00664: RewriteOptions: MaxRedirects option has been removed in favor of the global"
                            + " LimitInternalRecursion directive and will be ignored.");
            return;
        }
        RewriteOption option = RewriteOption.of(word);
        if (option == null) {
            throw new BadArgument("RewriteOptions: unknown option '" + word + "'");
        }
        giveBoth(Rewrites.of(directory(scope)).option(option), line, scope);
    }

    public void base(Line line, Scope scope) throws BadArgument {
        String directory = directory(scope);
        if (directory == null) {
            throw new BadArgument("RewriteBase: only valid in per-directory config files");
        }
        String url = line.words().get(0).text();
        if (!url.startsWith("/")) {
            throw new BadArgument("RewriteBase: argument is not a valid URL");
        }
        give(Rewrites.of(directory).base(url), line, scope);
    }

    public void map(Line line, Scope scope) throws BadArgument {
        String name = line.words().get(0).text();
        give(Rewrites.of(null).map(name, MapLines.read(line, scope)), line, scope);
    }

    public void condition(Line line, Scope scope) throws BadArgument {
        ArgumentLine words = words("RewriteCond", line);
        ConditionFlags flags = ConditionFlags.read(words.third());
        RewriteCond condition = new ConditionReader(words, flags, line, scope).read();
        give(Rewrites.of(directory(scope)).condition(condition), line, scope);
    }

    public void rule(Line line, Scope scope) throws BadArgument {
        ArgumentLine words = words("RewriteRule", line);
        RuleFlags flags = flags(words.third());
        boolean negated = words.first().startsWith("!");
        String pattern = negated ? words.first().substring(1) : words.first();
        Regex regex = compiled("RewriteRule", pattern, flags.has(RuleFlags.Is.NO_CASE));
        Rewrites before = scope.given(isServer(scope) ? holders.server : holders.section);
        List<RewriteCond> conditions = before == null ? List.of() : before.open();
        RewriteRule rule = new RewriteRule(conditions, regex, negated, words.second(), flags);
        give(Rewrites.of(directory(scope)).rule(rule), line, scope);
    }

    private static RuleFlags flags(@Nullable String text) throws BadArgument {
        if (text == null) {
            return RuleFlags.NONE;
        }
        try {
            return RuleFlags.read(text);
        } catch (FlagList.BadFlag e) {
            throw new BadArgument("RewriteRule: " + e.message());
        }
    }

    private static ArgumentLine words(String name, Line line) throws BadArgument {
        ArgumentLine words = ArgumentLine.read(line.args());
        if (words == null) {
            throw new BadArgument(name + ": bad argument line '" + line.args() + "'");
        }
        return words;
    }

    static Regex compiled(String name, String pattern, boolean noCase) throws BadArgument {
        try {
            return noCase ? Regex.compileIgnoringCase(pattern) : Regex.compile(pattern);
        } catch (BadPattern e) {
            throw new BadArgument(e.in(name + ": cannot compile regular expression '" + pattern + "'"));
        }
    }

    private void giveBoth(Rewrites value, Line line, Scope scope) {
        give(value, line, scope);
        if (isServer(scope)) {
            scope.give(holders.section, value, line.span());
        }
    }

    private void give(Rewrites value, Line line, Scope scope) {
        scope.give(isServer(scope) ? holders.server : holders.section, value, line.span());
    }

    private static boolean isServer(Scope scope) {
        return directory(scope) == null;
    }

    /** The prefix that the rules of a section take off, with a slash at its end (config_perdir_create); null for a server. */
    private static @Nullable String directory(Scope scope) {
        Scope.Enclosing section = scope.enclosing();
        if (section == null) {
            return null;
        }
        Section.Kind kind = section.kind();
        if (kind == Section.Kind.IF || kind == Section.Kind.ELSE_IF || kind == Section.Kind.ELSE) {
            return "*" + kind.directive() + "/";
        }
        String path = kind == Section.Kind.DIRECTORY ? LocalPath.canonical(section.argument()) : section.argument();
        return path.endsWith("/") ? path : path + "/";
    }

    /** @param noCase as asked for, whether or not the test has case */
    record ConditionFlags(boolean noCase, boolean orNext, boolean noVary) {
        static ConditionFlags read(@Nullable String text) throws BadArgument {
            boolean noCase = false;
            boolean orNext = false;
            boolean noVary = false;
            try {
                for (FlagList.Flag flag : text == null ? List.<FlagList.Flag>of() : FlagList.read(text)) {
                    switch (flag.key().toLowerCase(Locale.ROOT)) {
                        case "nocase", "nc" -> noCase = true;
                        case "ornext", "or" -> orNext = true;
                        case "novary", "nv" -> noVary = true;
                        default -> throw FlagList.BadFlag.unknown(flag.key());
                    }
                }
            } catch (FlagList.BadFlag e) {
                throw new BadArgument("RewriteCond: " + e.message());
            }
            return new ConditionFlags(noCase, orNext, noVary);
        }
    }
}
