package dev.sluice.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All commands by name, and running one. */
final class Commands {
    private final List<Command> all = new ArrayList<>();
    private final Session session;

    Commands(Session session) {
        this.session = session;
        all.addAll(LookCommands.all());
        all.addAll(JudgeCommands.all());
        all.add(ExplainCommand.command());
        all.addAll(TryCommands.all());
        all.addAll(MigrateCommands.all());
        all.add(new Command(
                "help",
                "[COMMAND]",
                "what there is, or what a command takes and an example",
                "help show",
                (on, before) -> before.isEmpty() ? names() : List.of(),
                (on, words, out) -> help(words, out)));
        all.add(new Command(
                "exit", "", "ends the shell; so does Ctrl-D", "exit", Command::none, (on, words, out) -> 0));
    }

    Session session() {
        return session;
    }

    List<String> names() {
        return all.stream().map(Command::name).toList();
    }

    @Nullable
    Command named(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
    }

    /** Runs a command; its words begin with the name. */
    int run(List<String> words, Out out) {
        Command command = named(words.get(0));
        if (command == null) {
            out.line("'" + words.get(0) + "' is no command here" + meant(words.get(0)) + "; 'help' lists them");
            return Command.MISUSE;
        }
        try {
            return command.action().run(session, words.subList(1, words.size()), out);
        } catch (Command.Misuse e) {
            out.line(command.name() + ": " + e.getMessage());
            out.line("usage: " + command.usage());
            return Command.MISUSE;
        }
    }

    private String meant(String word) {
        List<String> near = names().stream()
                .filter(name -> name.startsWith(word) || word.startsWith(name))
                .toList();
        return near.isEmpty() ? "" : " (did you mean '" + near.get(0) + "'?)";
    }

    private int help(List<String> words, Out out) throws Command.Misuse {
        if (words.isEmpty()) {
            Table table = new Table(List.of("command", "what it does"));
            all.forEach(each -> table.row(each.usage(), each.summary()));
            out.table(table);
            if (!out.isJson()) {
                out.line("");
                out.line(
                        "Several commands stand on one line with ; between them. --json behind one gives its table as JSON.");
            }
            return Command.DONE;
        }
        Command command = named(Words.one(words, "a command"));
        if (command == null) {
            throw new Command.Misuse("'" + words.get(0) + "' is no command here");
        }
        out.lines(Stream.of("usage: " + command.usage(), "  " + command.summary(), "example: " + command.example())
                .toList());
        return Command.DONE;
    }
}
