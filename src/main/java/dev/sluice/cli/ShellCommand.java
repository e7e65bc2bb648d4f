package dev.sluice.cli;

import dev.sluice.lint.report.Paint;
import dev.sluice.shell.Session;
import dev.sluice.shell.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sluice shell}: commands about one configuration. */
final class ShellCommand {
    private static final List<String> USAGE = List.of(
            "usage: sluice shell [OPTIONS]",
            "",
            "  -f FILE       the main file: " + Layout.here().configPath() + " where it is not given",
            "  -d FOLDER     what relative paths are relative to: the file's folder where it is not given",
            "  -D NAME       as httpd's -D",
            "  -c COMMANDS   runs these, with ; between them, and ends",
            "  --json        every table as JSON",
            "",
            "Without -c commands are read from the terminal, or from standard input where that is none. 'help' lists them.",
            "exit code: 0, 1 where a command found something, 2 where one made no sense");

    private final Set<String> defines = new LinkedHashSet<>();
    private @Nullable String file;
    private @Nullable String root;
    private @Nullable String commands;
    private boolean json;

    private ShellCommand() {}

    static int run(List<String> words, Console console) {
        ShellCommand command = new ShellCommand();
        String wrong = command.read(words);
        if (wrong != null) {
            console.complain("sluice shell: " + wrong);
            USAGE.forEach(console::complain);
            return LintCommand.MISUSE;
        }
        if (words.contains("--help") || words.contains("-h")) {
            USAGE.forEach(console::say);
            return LintCommand.CLEAN;
        }
        LibraryLogs.begin();
        try {
            return command.run(console);
        } catch (IOException e) {
            console.complain("sluice shell: " + e.getMessage());
            return LintCommand.MISUSE;
        }
    }

    private @Nullable String read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--json")) {
                json = true;
            } else if (List.of("-f", "-d", "-D", "-c").contains(word)) {
                if (++i == words.size()) {
                    return "'" + word + "' lacks its word";
                }
                String value = words.get(i);
                switch (word) {
                    case "-f" -> file = value;
                    case "-d" -> root = value;
                    case "-D" -> defines.add(value);
                    default -> commands = value;
                }
            } else if (!word.equals("--help") && !word.equals("-h")) {
                return "'" + word + "' is no option here";
            }
        }
        return null;
    }

    private int run(Console console) throws IOException {
        Path main = Path.of(file == null ? Layout.here().configPath() : file);
        if (!Files.isReadable(main)) {
            throw new IOException("'" + main + "' cannot be read" + (file == null ? "; -f names another file" : ""));
        }
        Session session = new Session(() -> ConfigurationFile.request(main, root, defines));
        Paint paint = Boolean.getBoolean("sluice.colour") ? Paint.COLOURED : Paint.PLAIN;
        Shell shell = new Shell(session, new Lines(console), paint, json);
        String given = commands;
        if (given != null) {
            return shell.run(given);
        }
        if (Boolean.getBoolean("sluice.terminal")) {
            return shell.interact(history());
        }
        try (BufferedReader script = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return shell.run(script);
        }
    }

    /** {@code $XDG_STATE_HOME/sluice/history}, or its usual place below the home folder. */
    private static Path history() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return folder.resolve("sluice").resolve("history");
    }

    private record Lines(Console console) implements Shell.Console {
        @Override
        public void say(String line) {
            console.say(Program.bytes(line));
        }

        @Override
        public void flush() {
            console.flush();
        }
    }
}
