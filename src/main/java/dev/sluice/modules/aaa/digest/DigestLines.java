package dev.sluice.modules.aaa.digest;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Setting;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of mod_auth_digest. */
public final class DigestLines {
    public static final Setting<DigestTerms> TERMS = Setting.perDirectory("AuthDigestProvider", DigestTerms.NONE);

    /** What a C long and white space behind it look like to strtol. */
    private static final Pattern SECONDS = Pattern.compile("\\s*[+-]?\\d{1,18}\\s*");

    private static final Pattern SIZE = Pattern.compile("\\s*([+-]?\\d{1,12})\\s*([bBkKmM]?).*");

    /** What httpd's table of clients takes when it is empty. */
    private static final long LEAST_SIZE = 88;

    /** Changes what earlier lines of the section said. */
    private interface Change {
        DigestTerms of(DigestTerms before, Line line, Scope scope) throws BadArgument;
    }

    private DigestLines() {}

    public static List<Directive> rows(AuthnProviders providers) {
        return List.of(
                row(
                        "AuthDigestProvider",
                        Args.ITERATE,
                        (before, line, scope) -> provider(before, line, scope, providers)),
                row("AuthDigestQop", Args.ITERATE, DigestLines::qop),
                row("AuthDigestNonceLifetime", Args.TAKE1, DigestLines::lifetime),
                row(
                        "AuthDigestNcCheck",
                        Args.FLAG,
                        (before, line, scope) -> before.counting(first(line).equalsIgnoreCase("on"))),
                row("AuthDigestAlgorithm", Args.TAKE1, DigestLines::algorithm),
                row("AuthDigestDomain", Args.ITERATE, DigestLines::domain),
                directive("AuthDigestShmemSize", Places.SERVERS, ownMemory()));
    }

    private static Directive row(String name, Args args, Change change) {
        return directive(
                name,
                Places.anywhere(AllowOverride.AUTH_CONFIG),
                reads(
                        args,
                        (line, scope) -> {
                            DigestTerms before = scope.given(TERMS);
                            scope.give(
                                    TERMS,
                                    change.of(before == null ? DigestTerms.NONE : before, line, scope),
                                    line.span());
                        },
                        TERMS));
    }

    private static DigestTerms provider(DigestTerms before, Line line, Scope scope, AuthnProviders providers)
            throws BadArgument {
        List<Named> all = new ArrayList<>(before.providers());
        for (String name : words(line)) {
            Named found = providers.find(name, scope);
            if (found.provider().hashes() == null) {
                throw new BadArgument("The '" + name + "' Authn provider doesn't support Digest Authentication");
            }
            all.add(found);
        }
        return before.withProviders(all);
    }

    private static DigestTerms qop(DigestTerms before, Line line, Scope scope) throws BadArgument {
        for (String word : words(line)) {
            if (!word.equalsIgnoreCase("auth")) {
                throw new BadArgument("AuthDigestQop is deprecated: only 'auth' is supported");
            }
        }
        return before;
    }

    private static DigestTerms lifetime(DigestTerms before, Line line, Scope scope) throws BadArgument {
        String word = first(line);
        if (!SECONDS.matcher(word).matches()) {
            throw new BadArgument("Invalid time in AuthDigestNonceLifetime: " + word);
        }
        return before.withLifetime(Long.parseLong(word.strip()));
    }

    private static DigestTerms algorithm(DigestTerms before, Line line, Scope scope) throws BadArgument {
        if (!first(line).equalsIgnoreCase("MD5")) {
            throw new BadArgument("Unsupported algorithm in AuthDigestAlgorithm: " + first(line));
        }
        return before;
    }

    private static DigestTerms domain(DigestTerms before, Line line, Scope scope) {
        DigestTerms terms = before;
        for (String uri : words(line)) {
            terms = terms.withDomain(uri);
        }
        return terms;
    }

    private static Directive.Does ownMemory() {
        String why = "clients are kept in the memory of the one process, ten thousand of them";
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> {
                    checkSize(first(line));
                    scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + why);
                },
                new Verdict(Verdict.Kind.IGNORED, why),
                List.of(),
                List.of());
    }

    private static void checkSize(String word) throws BadArgument {
        Matcher size = SIZE.matcher(word);
        if (!size.matches() || (size.group(2).isEmpty() && size.end(2) < word.length())) {
            throw new BadArgument("Invalid size in AuthDigestShmemSize: " + word);
        }
        long factor =
                switch (size.group(2)) {
                    case "k", "K" -> 1024;
                    case "m", "M" -> 1024 * 1024;
                    default -> 1;
                };
        long bytes = Long.parseLong(size.group(1)) * factor;
        if (bytes < LEAST_SIZE) {
            throw new BadArgument("size in AuthDigestShmemSize too small: " + bytes + " < " + LEAST_SIZE);
        }
    }

    private static String first(Line line) {
        return line.words().get(0).text();
    }

    private static List<String> words(Line line) {
        return line.words().stream()
                .map(Word::text)
                .takeWhile(word -> !word.isEmpty())
                .toList();
    }
}
