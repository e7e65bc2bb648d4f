package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Findings;
import dev.sluice.lint.Explanation;
import dev.sluice.lint.FileWriting;
import dev.sluice.lint.Fixes;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Review;
import dev.sluice.lint.Rules;
import dev.sluice.lint.report.JsonReport;
import dev.sluice.lint.report.Paint;
import dev.sluice.lint.report.SarifReport;
import dev.sluice.lint.report.TextReport;
import dev.sluice.modules.core.Product;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code sluice lint}: all that is wrong with configurations, and the remedies. */
final class LintCommand {
    static final int CLEAN = 0;
    static final int FOUND = 1;
    static final int MISUSE = 2;

    /** A fix may make room for another one; this many times at most. */
    private static final int ROUNDS = 10;

    private final LintOptions options;
    private final Console console;
    private final TextReport text;

    private LintCommand(LintOptions options, Console console) {
        this.options = options;
        this.console = console;
        this.text = new TextReport(options.isColoured ? Paint.COLOURED : Paint.PLAIN, LintCommand::shown);
    }

    /** Answers 0 where nothing was found, 1 where something was, 2 where the words make no sense or a file is not there. */
    static int run(List<String> words, Console console) {
        try {
            return new LintCommand(LintOptions.read(words), console).run();
        } catch (LintOptions.Misuse e) {
            console.complain("sluice lint: " + e.getMessage());
            console.complain(LintOptions.USAGE.get(0));
        } catch (IOException e) {
            console.complain("sluice lint: " + e.getMessage());
        } finally {
            console.flush();
        }
        return MISUSE;
    }

    private int run() throws IOException {
        if (options.isHelp) {
            LintOptions.USAGE.forEach(console::say);
            return CLEAN;
        }
        if (options.isList) {
            Rules.all()
                    .forEach(rule -> console.say(rule.id() + "  "
                            + rule.severity().name().charAt(0)
                            + rule.severity().name().substring(1).toLowerCase(Locale.ROOT)
                            + "  " + rule.summary()));
            return CLEAN;
        }
        if (options.explain != null) {
            return explain(options.explain);
        }
        List<Review> reviews = reviews();
        if (options.isFix && options.isDryRun) {
            reviews.forEach(review -> text.diff(Fixes.of(review.findings())).forEach(console::say));
        } else if (options.isFix) {
            reviews = fixed(reviews);
        }
        print(reviews);
        return reviews.stream().allMatch(review -> review.findings().isEmpty()) ? CLEAN : FOUND;
    }

    private List<Review> reviews() throws IOException {
        List<Review> reviews = new ArrayList<>();
        List<Path> files = new ArrayList<>(LintPaths.files(options.paths));
        if (options.main != null) {
            Path main = LintPaths.files(List.of(options.main)).get(0);
            Review review = review(main, true);
            Set<String> only =
                    files.stream().map(f -> Program.absolute(f.toString())).collect(Collectors.toSet());
            return List.of(only.isEmpty() ? review : review.with(about(review.findings(), only)));
        }
        Set<String> read = new HashSet<>();
        for (Path file : files) {
            if (!read.contains(Program.absolute(file.toString()))) {
                Review review = review(file, false);
                review.files().forEach(each -> read.add(each.name()));
                reviews.add(review);
            }
        }
        return reviews;
    }

    private static List<Diagnostic> about(List<Diagnostic> findings, Set<String> files) {
        return findings.stream()
                .filter(f -> f.span() != null && files.contains(f.span().file().name()))
                .toList();
    }

    private Review review(Path file, boolean isMain) {
        ConfigLoader.Request request = ConfigurationFile.request(file, options.root, options.defines);
        Linter linter = new Linter(options.isOffline, options::asksFor);
        Review review = isMain ? linter.review(request, ConfigLoader.Kind.MAIN) : linter.review(request);
        return review.with(review.atLeast(options.least));
    }

    /** Makes fixes and looks again, until none is left. */
    private List<Review> fixed(List<Review> first) throws IOException {
        List<Review> reviews = first;
        int count = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Fixes fixes = Fixes.of(
                    reviews.stream().flatMap(r -> r.findings().stream()).toList());
            if (fixes.count() == 0) {
                break;
            }
            for (SourceFile file : fixes.files()) {
                write(file, fixes);
            }
            count += fixes.count();
            reviews = reviews();
        }
        console.say(count + (count == 1 ? " fix made" : " fixes made"));
        return reviews;
    }

    private static void write(SourceFile file, Fixes fixes) throws IOException {
        try {
            FileWriting.replace(file, fixes.changed(file));
        } catch (IOException e) {
            throw new IOException("'" + SourceFile.utf8(shown(file.name())) + "' was not fixed: " + e.getMessage(), e);
        }
    }

    private void print(List<Review> reviews) {
        switch (options.format) {
            case JSON -> console.say(new JsonReport(LintCommand::shown).of(reviews));
            case SARIF ->
                console.say(new SarifReport(Product.VERSION, Path.of("").toAbsolutePath(), LintCommand::explanation)
                        .of(reviews));
            default -> printText(reviews);
        }
    }

    /** Of many files those that there is something to say of, and how much of all of them. */
    private void printText(List<Review> reviews) {
        boolean several = reviews.size() > 1;
        reviews.stream()
                .filter(review -> !several || !review.findings().isEmpty())
                .forEach(review -> print(review, text, console));
        boolean machine = reviews.stream()
                .flatMap(review -> review.findings().stream())
                .anyMatch(finding -> finding.rule().equals(Findings.MACHINE));
        if (machine) {
            console.say("some of it is about files that this machine lacks: --offline passes that over");
        }
        if (several) {
            String count = TextReport.count(
                    reviews.stream().flatMap(r -> r.findings().stream()).toList());
            console.say(reviews.size() + " files: " + (count.isEmpty() ? "nothing to say" : count));
        }
    }

    private static String explanation(Rule rule) {
        Explanation explanation = Explanation.of(rule.id());
        return explanation == null ? "" : explanation.why().strip();
    }

    /** Findings in plain text, as {@code sluice serve} shows them. */
    static void print(ConfigLoader.Request request, List<Diagnostic> findings, Console console) {
        Review review = new Review(request.file(), ConfigLoader.Kind.MAIN, findings, List.of(), Map.of());
        print(review, new TextReport(Paint.PLAIN, LintCommand::shown), console);
    }

    private static void print(Review review, TextReport text, Console console) {
        for (Diagnostic finding : review.findings()) {
            text.lines(finding, review).forEach(console::say);
        }
        String count = TextReport.count(review.findings());
        String assumption = review.assumption();
        console.say(shown(review.file()) + ": " + (count.isEmpty() ? "nothing to say" : count)
                + (assumption == null ? "" : " (" + assumption + ")"));
        console.flush();
    }

    private int explain(String id) {
        Rule rule = Rules.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        console.say(rule.id() + ": " + rule.summary() + " ("
                + rule.severity().name().toLowerCase(Locale.ROOT) + ")");
        Explanation explanation = Explanation.of(id);
        if (explanation != null) {
            console.say("");
            console.say(explanation.why().stripTrailing());
            console.say("");
            console.say("Bad:");
            explanation.bad().lines().forEach(line -> console.say("    " + line));
            console.say("");
            console.say("Good:");
            explanation.good().lines().forEach(line -> console.say("    " + line));
        }
        return CLEAN;
    }

    /** {@code file} relative to where the process was started, where it is below that. */
    private static String shown(String file) {
        String here = Program.absolute("") + "/";
        return file.startsWith(here) ? file.substring(here.length()) : file;
    }
}
