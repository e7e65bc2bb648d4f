package dev.sluice.shell;

import dev.sluice.lint.report.Json;
import dev.sluice.lint.report.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands about one configuration: typed into a terminal, with a line editor; of a script; or given as a text.
 *
 * <p>Tables fit a terminal's width; elsewhere they are as wide as they need to be.
 */
public final class Shell {
    /** Where lines go; characters, not bytes. */
    public interface Console {
        void say(String line);

        void flush();
    }

    private static final String PROMPT = "sluice> ";
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final Commands commands;
    private final Console console;
    private final boolean alwaysJson;
    private final Paint paint;
    private @Nullable LineReader reader;

    /**
     * A shell.
     *
     * @param alwaysJson whether every table is printed as JSON
     */
    public Shell(Session session, Console console, Paint paint, boolean alwaysJson) {
        this.commands = new Commands(session);
        this.console = console;
        this.paint = paint;
        this.alwaysJson = alwaysJson;
    }

    /** Runs the commands of {@code text}, with semicolons or line ends between them; answers the worst exit code. */
    public int run(String text) {
        int worst = 0;
        for (String line : text.split("\\R", -1)) {
            for (List<String> words : CommandWords.of(line)) {
                if (isEnd(words)) {
                    return worst;
                }
                worst = Math.max(worst, run(words));
            }
        }
        return worst;
    }

    /** Runs the lines of a script as they come; answers the worst exit code. */
    public int run(BufferedReader script) throws IOException {
        int worst = 0;
        for (String line = script.readLine(); line != null; line = script.readLine()) {
            for (List<String> words : CommandWords.of(line)) {
                if (isEnd(words)) {
                    return worst;
                }
                worst = Math.max(worst, run(words));
            }
        }
        return worst;
    }

    private static boolean isEnd(List<String> words) {
        return words.get(0).equals("exit") || words.get(0).equals("quit");
    }

    /**
     * Reads lines from this process's terminal until {@code exit} or the end of input; {@code history} keeps them.
     *
     * @throws IOException where there is no terminal
     */
    public int interact(Path history) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            if (terminal.getWidth() == 0) {
                // Of a serial line or a container nobody knows it.
                terminal.setSize(new Size(COLUMNS, ROWS));
            }
            LineReaderBuilder builder = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("sluice")
                    .parser(new LineParser())
                    .highlighter(new LineColours(commands, paint))
                    .completer(new Completion(commands))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%M> ")
                    .option(LineReader.Option.CASE_INSENSITIVE, true)
                    .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
            if (keepsHistory(history)) {
                builder.variable(LineReader.HISTORY_FILE, history);
            }
            LineReader lines = builder.build();
            reader = lines;
            console.say(commands.session().summary());
            console.flush();
            return interact(lines);
        }
    }

    private static boolean keepsHistory(Path history) {
        try {
            Files.createDirectories(history.toAbsolutePath().getParent());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int interact(LineReader lines) {
        while (true) {
            String line;
            try {
                line = lines.readLine(PROMPT);
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return 0;
            }
            for (List<String> words : CommandWords.of(line)) {
                if (isEnd(words)) {
                    return 0;
                }
                run(words);
            }
        }
    }

    private int run(List<String> given) {
        List<String> words = new ArrayList<>(given);
        boolean json = words.remove("--json") || alwaysJson;
        int code = words.isEmpty() ? Command.MISUSE : commands.run(words, new Printing(json));
        console.flush();
        return code;
    }

    private final class Printing implements Out {
        private final boolean json;

        Printing(boolean json) {
            this.json = json;
        }

        @Override
        public void line(String text) {
            console.say(text);
        }

        @Override
        public void table(Table table) {
            if (json) {
                json(table.objects());
            } else {
                LineReader terminal = reader;
                List<String> lines = table.lines(
                        terminal == null ? 0 : terminal.getTerminal().getWidth());
                line(paint.strong(lines.get(0)));
                lines.subList(1, lines.size()).forEach(this::line);
            }
        }

        @Override
        public void json(Object value) {
            line(Json.of(value));
        }

        @Override
        public boolean isJson() {
            return json;
        }

        @Override
        public Paint paint() {
            return paint;
        }

        @Override
        public void progress(String text) {
            if (reader != null) {
                console.say("\u001b[1A\u001b[2K" + text);
                console.flush();
            }
        }

        @Override
        public boolean confirm(String question) {
            LineReader terminal = reader;
            if (terminal == null) {
                line(question + "? there is nobody to ask; --yes says so beforehand");
                return false;
            }
            console.flush();
            try {
                return terminal.readLine(question + "? [y/N] ").strip().matches("(?i)y|yes");
            } catch (UserInterruptException | EndOfFileException e) {
                return false;
            }
        }
    }
}
