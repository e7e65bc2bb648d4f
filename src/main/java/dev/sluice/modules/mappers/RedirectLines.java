package dev.sluice.modules.mappers;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.core.UrlPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of Redirect and its kin (add_redirect_internal, mod_alias.c). */
final class RedirectLines {
    private static final int NOT_A_STATUS = -1;

    private RedirectLines() {}

    /** {@code [status] [path] URL}. */
    static void redirect(Line line, Scope scope) throws BadArgument {
        String first = word(line, 0);
        String second = word(line, 1);
        int status = status(first);
        if (isSection(scope) && word(line, 2) == null && (second == null || RedirectRule.isRedirect(status))) {
            ofSection(status, status == NOT_A_STATUS ? first : second, line, scope);
        } else {
            read(line, scope, 302, false);
        }
    }

    static void redirectMatch(Line line, Scope scope) throws BadArgument {
        read(line, scope, 302, true);
    }

    /** RedirectPermanent and RedirectTemp: {@code path URL}. */
    static void withStatus(int status, Line line, Scope scope) throws BadArgument {
        read(line, scope, status, false);
    }

    private static void ofSection(int status, @Nullable String url, Line line, Scope scope) throws BadArgument {
        int answer = status == NOT_A_STATUS ? 302 : status;
        if (url == null && RedirectRule.isRedirect(answer)) {
            throw new BadArgument("URL to redirect to is missing");
        }
        RequestExpression target = url == null ? null : expression(url, scope);
        scope.give(AliasModule.SECTION_REDIRECT, Optional.of(new RedirectRule.OfSection(target, answer)), line.span());
    }

    private static void read(Line line, Scope scope, int fallback, boolean regex) throws BadArgument {
        String first = word(line, 0);
        int status = status(first);
        boolean understood = status != NOT_A_STATUS;
        if (word(line, 2) != null && !understood) {
            throw new BadArgument(
                    "Redirect: invalid first argument (of three)",
                    line.words().get(0).span());
        }
        String path = understood ? word(line, 1) : first;
        String url = understood ? word(line, 2) : word(line, 1);
        int answer = understood ? status : fallback;
        Regex pattern = regex ? compiled(path == null ? "" : path) : null;
        check(answer, url, regex);
        RedirectRule rule = new RedirectRule(pattern, path == null ? "" : path, url, answer);
        scope.give(
                isSection(scope) ? AliasModule.SECTION_REDIRECTS : AliasModule.REDIRECTS, List.of(rule), line.span());
    }

    private static void check(int status, @Nullable String url, boolean regex) throws BadArgument {
        if (!RedirectRule.isRedirect(status)) {
            if (url != null) {
                throw new BadArgument("Redirect URL not valid for this status");
            }
        } else if (url == null) {
            throw new BadArgument("URL to redirect to is missing");
        } else if (!regex && !UrlPath.isUrl(url) && !url.startsWith("/")) {
            throw new BadArgument("Redirect to non-URL");
        }
    }

    /** A word or a number; {@link #NOT_A_STATUS} for anything else. */
    private static int status(@Nullable String word) {
        if (word == null) {
            return NOT_A_STATUS;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "permanent" -> 301;
            case "temp" -> 302;
            case "seeother" -> 303;
            case "gone" -> 410;
            default -> Character.isDigit(word.charAt(0)) ? Reading.atoi(word) : NOT_A_STATUS;
        };
    }

    static Regex compiled(String pattern) throws BadArgument {
        try {
            return Regex.compile(pattern);
        } catch (BadPattern e) {
            throw new BadArgument(e.in("Regular expression could not be compiled."));
        }
    }

    private static RequestExpression expression(String url, Scope scope) throws BadArgument {
        try {
            return RequestExpression.string("alias", url, scope);
        } catch (BadExpression e) {
            throw new BadArgument("Cannot parse redirect expression '" + url + "': " + e.message());
        }
    }

    static boolean isSection(Scope scope) {
        return scope.place().kind() != Place.Kind.SERVER;
    }

    /** Null where it is missing or empty. */
    static @Nullable String word(Line line, int index) {
        if (index >= line.words().size()) {
            return null;
        }
        String text = line.words().get(index).text();
        return text.isEmpty() ? null : text;
    }
}
