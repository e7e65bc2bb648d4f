package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.Linter;
import dev.sluice.request.Level;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice serve}: httpd in the foreground, with all that is wrong shown at once. */
final class ServeCommand {
    private ServeCommand() {}

    static int run(List<String> words, Console console) {
        if (words.contains("--demo")) {
            return Demo.run(console);
        }
        List<String> options = new ArrayList<>(List.of("-DFOREGROUND"));
        options.addAll(words);
        try {
            CommandLine line = CommandLine.read(options);
            if (line.task() == CommandLine.Task.RUN && line.signal() == null) {
                return serve(line, new SyntaxCheck(line, Layout.here()), console, List.of());
            }
            console.complain(
                    "sluice serve: of httpd's options it takes those that name a configuration: -d -f -D -C -c");
        } catch (CommandLine.Misuse e) {
            console.complain("sluice serve: " + (e.message().isEmpty() ? "not httpd's options" : e.message()));
        }
        return LintCommand.MISUSE;
    }

    /** {@code greeting} is shown once the server listens, below where it does. */
    static int serve(CommandLine line, SyntaxCheck check, Console console, List<String> greeting) {
        ConfigLoader.Loaded loaded = check.run(new Silence());
        if (loaded == null) {
            List<Diagnostic> findings = Linter.lint(check.request()).stream()
                    .filter(finding -> finding.severity() != Severity.NOTE)
                    .toList();
            LintCommand.print(check.request(), findings, console);
            return 1;
        }
        PidFile file = new PidFile(loaded.configuration(), Layout.here());
        ServerProcess process = new ServerProcess(line, check, file, console, loaded.configuration());
        return process.serve(loaded, addresses -> {
            addresses.forEach(address -> console.say("listening on " + address));
            greeting.forEach(console::say);
            console.say("stop it with Ctrl-C");
            console.flush();
        });
    }

    /** What is wrong is told by other means. */
    private static final class Silence implements Report {
        @Override
        public void startup(String message) {}

        @Override
        public void log(String module, Level level, String message) {}
    }
}
