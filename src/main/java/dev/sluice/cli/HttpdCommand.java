package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.request.Level;
import java.util.List;

/** httpd's command line: {@code bin/httpd}. */
public final class HttpdCommand {
    private HttpdCommand() {}

    /** Exits with httpd's codes: 0, or 1 where anything was wrong. */
    public static void main(String[] arguments) {
        CommandLine line;
        try {
            line = CommandLine.read(List.of(arguments));
        } catch (CommandLine.Misuse e) {
            Console console = new Console(Level.WARN);
            if (!e.message().isEmpty()) {
                console.complain(Program.name() + ": " + e.message());
            }
            Usage.of(Program.path()).forEach(console::complain);
            console.exit(1);
            return;
        }
        Console console = new Console(line.level());
        console.exit(run(line, console));
    }

    static int run(CommandLine line, Console console) {
        Layout layout = Layout.here();
        switch (line.task()) {
            case VERSION -> {
                BuildSettings.version().forEach(console::say);
                return 0;
            }
            case BUILT_IN -> {
                ModuleList.builtIn().forEach(console::say);
                return 0;
            }
            default -> {}
        }
        String errorFile = line.errorFile();
        if (errorFile != null) {
            console.errorsTo(errorFile);
        }
        SyntaxCheck check = new SyntaxCheck(line, layout);
        if (line.task() == CommandLine.Task.SETTINGS) {
            return BuildSettings.print(check.request(), layout, console);
        }
        ConfigLoader.Loaded loaded = check.run(console);
        if (loaded == null) {
            return 1;
        }
        return switch (line.task()) {
            case DIRECTIVES -> said(DirectiveList.of(loaded.modules()), console);
            case DUMP -> said(Dumps.of(line.defines(), loaded, layout), console);
            case TEST -> test(line, loaded, console);
            default -> ServerCommand.run(line, check, loaded, layout, console);
        };
    }

    private static int test(CommandLine line, ConfigLoader.Loaded loaded, Console console) {
        if (line.defines().contains("DUMP_CONFIG")
                && loaded.configuration().modules().contains("info_module")) {
            said(ConfigurationText.of(loaded.read().lines()), console);
        }
        console.flush();
        console.complain("Syntax OK");
        return 0;
    }

    private static int said(List<String> lines, Console console) {
        lines.forEach(console::say);
        return 0;
    }
}
