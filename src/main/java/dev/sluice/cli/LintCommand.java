package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.Linter;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sluice lint [-d ServerRoot] [-D name] FILE...}: all that is wrong with configurations. */
final class LintCommand {
    static final int CLEAN = 0;
    static final int ERRORS = 1;
    static final int MISUSE = 2;

    private LintCommand() {}

    /** Answers 0 where no file has an error, 1 where one has, 2 where the words make no sense or a file is not there. */
    static int run(List<String> words, Console console) {
        String root = null;
        Set<String> defines = new LinkedHashSet<>();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean option = word.equals("-d") || word.equals("-D");
            if (word.startsWith("-") && (!option || i + 1 == words.size())) {
                console.complain("sluice lint: '" + word + "' " + (option ? "lacks its word" : "is no option here"));
                return MISUSE;
            }
            if (option && word.equals("-d")) {
                root = words.get(++i);
            } else if (option) {
                defines.add(words.get(++i));
            } else {
                files.add(word);
            }
        }
        if (files.isEmpty()) {
            console.complain("usage: sluice lint [-d ServerRoot] [-D name] FILE...");
            return MISUSE;
        }
        int code = CLEAN;
        for (String file : files) {
            code = Math.max(code, lint(file, root, defines, console));
        }
        return code;
    }

    private static int lint(String file, @Nullable String root, Set<String> defines, Console console) {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            console.complain("sluice lint: '" + Program.bytes(file) + "' is no file");
            return MISUSE;
        }
        Path folder = path.toAbsolutePath().normalize().getParent();
        String serverRoot = Program.absolute(root == null ? String.valueOf(folder) : root);
        List<Diagnostic> findings = Linter.lint(new ConfigLoader.Request(
                serverRoot, Program.absolute(file), List.of(), List.of(), defines, Program.environment()));
        print(Program.bytes(file), findings, console);
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR) ? ERRORS : CLEAN;
    }

    /** All findings and how many there are. */
    static void print(String name, List<Diagnostic> findings, Console console) {
        for (Diagnostic finding : findings) {
            DiagnosticPrinter.lines(finding).forEach(console::say);
        }
        String summary = DiagnosticPrinter.summary(findings);
        console.say(name + ": " + (summary.isEmpty() ? "nothing to say" : summary));
        console.flush();
    }
}
