package dev.sluice.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands from a terminal, with a line editor, or from whatever else standard input is, without. Which of them it is,
 * the launcher says by the property {@code sluice.terminal}.
 */
public final class Shell {
    /**
     * A command.
     *
     * @param help what it takes and does, on one line
     * @param action takes the words behind the name
     */
    public record Command(String name, String help, Consumer<List<String>> action) {}

    /** A line, or null at the end. */
    private interface Input {
        @Nullable
        String next() throws IOException;
    }

    private final List<Command> commands;
    private final Consumer<String> out;
    private final Runnable flush;

    public Shell(List<Command> commands, Consumer<String> out, Runnable flush) {
        this.commands = List.copyOf(commands);
        this.out = out;
        this.flush = flush;
    }

    /** Until {@code exit} or the end of the input. */
    public void run() throws IOException {
        if (!Boolean.getBoolean("sluice.terminal")) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            runAll(lines::readLine);
            return;
        }
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            List<String> names = commands.stream().map(Command::name).toList();
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new StringsCompleter(names))
                    .build();
            runAll(() -> fromTerminal(reader));
        }
    }

    private static @Nullable String fromTerminal(LineReader reader) {
        try {
            return reader.readLine("sluice> ");
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        }
    }

    private void runAll(Input input) throws IOException {
        for (String line = input.next(); line != null; line = input.next()) {
            List<String> words = Arrays.stream(line.strip().split("\\s+", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
            if (!words.isEmpty()) {
                if (words.get(0).equals("exit") || words.get(0).equals("quit")) {
                    return;
                }
                run(words);
                flush.run();
            }
        }
    }

    private void run(List<String> words) {
        for (Command command : commands) {
            if (command.name().equals(words.get(0))) {
                command.action().accept(words.subList(1, words.size()));
                return;
            }
        }
        if (!words.get(0).equals("help")) {
            out.accept("'" + words.get(0) + "' is no command here");
        }
        commands.forEach(command -> out.accept(command.name() + " " + command.help()));
        out.accept("help: this; exit: ends the shell");
    }
}
