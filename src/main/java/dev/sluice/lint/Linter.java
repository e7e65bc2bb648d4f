package dev.sluice.lint;

import dev.sluice.config.Catalogue;
import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.ConfigLoader.Kind;
import dev.sluice.config.HttpdWarning;
import dev.sluice.config.Problem;
import dev.sluice.config.ReadConfiguration.Inclusion;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.modules.AllModules;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.ConfigParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds everything that is wrong with a configuration, where httpd stops at the first error. */
public final class Linter {
    private final boolean offline;
    private final Predicate<String> wanted;

    /**
     * A linter.
     *
     * @param offline whether files, folders and names that this machine lacks are passed over
     * @param wanted says of the id of a rule whether it is asked for
     */
    public Linter(boolean offline, Predicate<String> wanted) {
        this.offline = offline;
        this.wanted = wanted;
    }

    /** All findings of a main file, on the machine that shall serve it. */
    public static List<Diagnostic> lint(ConfigLoader.Request request) {
        return new Linter(false, id -> true).review(request, Kind.MAIN).findings();
    }

    /** Judges a file of unknown kind: a main file loads an MPM, directly or by what it includes. */
    public Review review(ConfigLoader.Request request) {
        String name = request.file().substring(request.file().lastIndexOf('/') + 1);
        if (name.endsWith(".htaccess")) {
            return review(request, Kind.ACCESS);
        }
        ConfigLoader.Examined examined = ConfigLoader.examine(request, AllModules.create(), Kind.MAIN, offline);
        boolean isMain = examined.loaded().modules().stream()
                .anyMatch(module -> module.id().startsWith("mpm_"));
        return isMain ? review(request, Kind.MAIN, examined) : ofPart(request);
    }

    /** A part may stand outside of sections, or in one: as which more of its lines may stand where they do, it is read. */
    private Review ofPart(ConfigLoader.Request request) {
        Review part = review(request, Kind.PART);
        long misplaced = misplaced(part);
        if (misplaced == 0) {
            return part;
        }
        Review section = review(request, Kind.SECTION);
        return misplaced(section) < misplaced ? section : part;
    }

    private static long misplaced(Review review) {
        return review.findings().stream()
                .filter(finding -> finding.rule().equals(Findings.PLACE)
                        || finding.message().endsWith("only valid in per-directory config files"))
                .count();
    }

    /** Judges a file of a kind that is known. */
    public Review review(ConfigLoader.Request request, Kind kind) {
        return review(request, kind, ConfigLoader.examine(request, AllModules.create(), kind, offline));
    }

    private Review review(ConfigLoader.Request request, Kind kind, ConfigLoader.Examined examined) {
        Found found = new Found(wanted, offline);
        ConfigLoader.Loaded loaded = examined.loaded();
        LintSubject subject = subject(examined, kind);
        for (HttpdWarning warning : loaded.read().warnings()) {
            Diagnostic finding = ReadErrors.sorted(warning.diagnostic(), subject);
            boolean set = kind != Kind.MAIN && finding.rule().equals(ReadErrors.VARIABLE);
            if (!set) {
                found.add(finding);
            }
        }
        for (ConfigError error : examined.errors()) {
            Diagnostic finding = ReadErrors.finding(error);
            boolean guess = kind != Kind.MAIN && ReadErrors.isOfRoot(finding);
            if (!guess) {
                found.add(finding);
            }
        }
        Spelling spelling = new Spelling(loaded.modules());
        for (Problem problem : loaded.problems()) {
            if (ReadErrors.followsFromAnother(problem, loaded.problems())
                    || ReadErrors.isOfNamedProvider(problem, subject)) {
                continue;
            }
            found.add(ReadErrors.sorted(ArgumentErrors.narrowed(spelling.explained(problem), problem.line()), subject));
        }
        runRules(loaded, subject, found);
        Map<SourceFile, Line.At> includedBy = new HashMap<>();
        for (Inclusion inclusion : loaded.read().inclusions()) {
            if (inclusion.by() != null) {
                includedBy.put(inclusion.file(), inclusion.by());
            }
        }
        return new Review(
                request.file(),
                kind,
                found.inOrder(loaded.read().files()),
                loaded.read().files(),
                includedBy);
    }

    private LintSubject subject(ConfigLoader.Examined examined, Kind kind) {
        ConfigLoader.Loaded loaded = examined.loaded();
        List<String> ids = loaded.modules().stream().map(HttpdModule::id).toList();
        Set<String> known =
                Catalogue.get().modules().stream().map(Catalogue.Module::file).collect(Collectors.toSet());
        Set<String> including = loaded.read().inclusions().stream()
                .map(Inclusion::by)
                .filter(Objects::nonNull)
                .map(by -> by.fileName() + ":" + by.lineNumber())
                .collect(Collectors.toSet());
        LintSubject.Facts facts = new LintSubject.Facts(
                Set.copyOf(ids),
                known,
                Linter::modulesOf,
                including,
                kind == Kind.MAIN && isComplete(examined, including),
                kind == Kind.ACCESS || kind == Kind.SECTION,
                offline);
        return new LintSubject(loaded.read().files(), loaded.read().lines(), loaded.configuration(), facts);
    }

    /** Whether each Include brought something in: where one did not, what it would say is unknown. */
    private static boolean isComplete(ConfigLoader.Examined examined, Set<String> including) {
        boolean failed = examined.errors().stream().map(ReadErrors::finding).anyMatch(ReadErrors::isOfInclude);
        return !failed
                && examined.loaded().read().files().stream()
                        .flatMap(file -> ConfigParser.parse(file).stream())
                        .filter(line -> !line.words().isEmpty()
                                && line.words().get(0).text().equalsIgnoreCase("IncludeOptional"))
                        .allMatch(line -> including.contains(line.span().file().name() + ":" + line.lineNumber()));
    }

    private void runRules(ConfigLoader.Loaded loaded, LintSubject subject, Found found) {
        boolean hasMeaning = !found.hasError();
        for (LintRule rule : Rules.of(loaded.modules())) {
            if (wanted.test(rule.rule().id()) && (hasMeaning || !rule.needsMeaning())) {
                rule.check().check(subject, new Report(rule.rule(), found::add));
            }
        }
        if (hasMeaning && subject.facts().isWhole() && !offline) {
            checkStart(loaded, found);
        }
    }

    private static void checkStart(ConfigLoader.Loaded loaded, Found found) {
        for (HttpdModule module : loaded.modules()) {
            try {
                module.check(loaded.configuration());
            } catch (CannotStart e) {
                found.add(new Diagnostic(Findings.ARGUMENTS, null, Objects.requireNonNull(e.getMessage())));
            }
        }
    }

    private static List<String> modulesOf(String directive) {
        List<String> files = new ArrayList<>();
        Catalogue.get().rows(directive).forEach(row -> files.addAll(row.modules()));
        return files;
    }

    /** Whether {@code findings} has one that keeps the server from starting. */
    public static boolean hasError(List<Diagnostic> findings) {
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }
}
