package dev.sluice.cli;

import dev.sluice.modules.core.Product;
import dev.sluice.request.Level;
import java.util.List;

/** Sluice's own command line: {@code bin/sluice}. */
public final class SluiceCommand {
    private static final List<String> HELP = List.of(
            "usage: sluice COMMAND",
            "",
            "  serve [HTTPD OPTIONS]   serve a configuration in the foreground; all that is wrong with it is shown at once",
            "  serve --demo            serve a sample configuration with a backend and a certificate made for it",
            "  lint PATH...            show all that is wrong with a configuration, and where",
            "  shell                   look at a configuration and change it, one command a line",
            "  migrate check PATH...   which sites can be served as they are, and what the others lack",
            "  directives              every directive of httpd and how it fares: src/docs/directives.md",
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
                return ShellCommand.run(rest, console);
            }
            case "migrate" -> {
                return MigrateCommand.run(rest, console);
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
}
