package dev.sluice.cli;

import dev.sluice.modules.core.Product;
import dev.sluice.request.Level;
import dev.sluice.shell.Shell;
import java.io.IOException;
import java.util.List;

/** Sluice's own command line: {@code bin/sluice}. */
public final class SluiceCommand {
    private static final List<String> HELP = List.of(
            "usage: sluice COMMAND",
            "",
            "  serve [HTTPD OPTIONS]   serve a configuration in the foreground; all that is wrong with it is shown at once",
            "  serve --demo            serve a sample configuration with a backend and a certificate made for it",
            "  lint PATH...            show all that is wrong with a configuration, and where",
            "  directives              every directive of httpd and how it fares: src/docs/directives.md",
            "  shell                   the same and more, one command a line",
            "  --version, --help",
            "",
            "bin/httpd and bin/apachectl are httpd's own command lines.");

    private SluiceCommand() {}

    /** Exits with 0, 1 where a configuration has errors or cannot be served, 2 where the words make no sense. */
    public static void main(String[] arguments) {
        Console console = new Console(Level.WARN);
        console.exit(run(List.of(arguments), console));
    }

    static int run(List<String> words, Console console) {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (command) {
            case "serve" -> {
                return ServeCommand.run(rest, console);
            }
            case "lint" -> {
                return LintCommand.run(rest, console);
            }
            case "directives" -> {
                DirectiveReference.page().forEach(console::say);
                return 0;
            }
            case "shell" -> {
                return shell(console);
            }
            case "--version" -> {
                console.say("Sluice " + Product.VERSION + ", for configurations of httpd " + Product.HTTPD_VERSION);
                return 0;
            }
            case "--help", "-h", "help" -> {
                HELP.forEach(console::say);
                return 0;
            }
            default -> {
                HELP.forEach(console::complain);
                return LintCommand.MISUSE;
            }
        }
    }

    private static int shell(Console console) {
        List<Shell.Command> commands = List.of(
                new Shell.Command(
                        "lint",
                        "FILE...: all that is wrong with a configuration",
                        rest -> LintCommand.run(rest, console)),
                new Shell.Command("sites", "FILE: its virtual hosts", rest -> sites(rest, console)));
        try {
            new Shell(commands, console::say, console::flush).run();
            return 0;
        } catch (IOException e) {
            console.complain("sluice shell: " + e.getMessage());
            return 1;
        }
    }

    private static int sites(List<String> files, Console console) {
        if (files.size() != 1) {
            console.complain("usage: sites FILE");
            return LintCommand.MISUSE;
        }
        try {
            CommandLine line = CommandLine.read(List.of("-f", Program.absolute(files.get(0)), "-S"));
            var loaded = new SyntaxCheck(line, Layout.here()).run(console);
            if (loaded == null) {
                return LintCommand.FOUND;
            }
            VirtualHostList.of(loaded.configuration()).forEach(console::say);
            return 0;
        } catch (CommandLine.Misuse e) {
            return LintCommand.MISUSE;
        }
    }
}
