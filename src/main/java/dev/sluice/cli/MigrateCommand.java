package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Review;
import dev.sluice.lint.report.Json;
import dev.sluice.lint.report.Paint;
import dev.sluice.migrate.Readiness;
import dev.sluice.migrate.ReadinessPage;
import dev.sluice.migrate.ReadinessReport;
import dev.sluice.modules.AllModules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code sluice migrate check}: which sites of configurations are ready. */
final class MigrateCommand {
    private static final List<String> USAGE = List.of(
            "usage: sluice migrate check [--format text|json|html] [-d FOLDER] [-D NAME] PATH...",
            "",
            "  PATH   a main file, a file of virtual hosts, or a folder of them",
            "",
            "exit code: 0 where every site can be served as it is, 1 where one cannot, 2 where a path cannot be looked at");

    private MigrateCommand() {}

    static int run(List<String> words, Console console) {
        if (words.contains("--help") || words.contains("-h")) {
            USAGE.forEach(console::say);
            return LintCommand.CLEAN;
        }
        try {
            if (words.isEmpty() || !words.get(0).equals("check")) {
                throw new LintOptions.Misuse("what to do has to be named: check");
            }
            LintOptions options = LintOptions.read(withoutFormat(words));
            return check(options, format(words), console);
        } catch (LintOptions.Misuse e) {
            console.complain("sluice migrate: " + e.getMessage());
            console.complain(USAGE.get(0));
        } catch (IOException e) {
            console.complain("sluice migrate: " + e.getMessage());
        }
        return LintCommand.MISUSE;
    }

    private static List<String> withoutFormat(List<String> words) {
        List<String> others = new ArrayList<>(words.subList(1, words.size()));
        int at = others.indexOf("--format");
        if (at >= 0) {
            others.subList(at, Math.min(at + 2, others.size())).clear();
        }
        return others;
    }

    private static String format(List<String> words) throws LintOptions.Misuse {
        int at = words.indexOf("--format");
        String format = at < 0 ? "text" : at + 1 < words.size() ? words.get(at + 1) : "";
        if (!List.of("text", "json", "html").contains(format)) {
            throw new LintOptions.Misuse("--format is one of text, json, html, not '" + format + "'");
        }
        return format;
    }

    private static int check(LintOptions options, String format, Console console) throws IOException {
        List<Readiness> all = new ArrayList<>();
        Set<String> read = new HashSet<>();
        List<Path> mains = LintPaths.mains(options.paths);
        for (Path file : mains) {
            if (read.contains(Program.absolute(file.toString()))) {
                continue;
            }
            ConfigLoader.Request request = ConfigurationFile.request(file, options.root, options.defines);
            Review review = new Linter(options.isOffline, id -> true).review(request);
            ConfigLoader.Examined examined =
                    ConfigLoader.examine(request, AllModules.create(), review.kind(), options.isOffline);
            review.files().forEach(each -> read.add(each.name()));
            all.add(Readiness.of(examined.loaded(), review));
        }
        Paint paint = options.isColoured ? Paint.COLOURED : Paint.PLAIN;
        switch (format) {
            case "json" -> console.say(Json.of(ReadinessReport.json(all)));
            case "html" -> console.say(Program.bytes(ReadinessPage.of(all)));
            default ->
                all.forEach(
                        each -> ReadinessReport.text(each, paint).forEach(line -> console.say(Program.bytes(line))));
        }
        console.flush();
        return all.stream().allMatch(Readiness::isReady) ? LintCommand.CLEAN : LintCommand.FOUND;
    }
}
