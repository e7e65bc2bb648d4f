package dev.sluice.shell;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands and what they take. */
final class Completion implements Completer {
    private final Commands commands;

    Completion(Commands commands) {
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        int start = 0;
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).endsWith(";")) {
                start = i + 1;
            }
        }
        List<String> words = before.subList(start, before.size());
        if (words.isEmpty()) {
            for (String name : commands.names()) {
                Command command = commands.named(name);
                candidates.add(
                        new Candidate(name, name, null, command == null ? null : command.summary(), null, null, true));
            }
            return;
        }
        Command command = commands.named(words.get(0));
        if (command != null) {
            command.completing()
                    .words(commands.session(), words.subList(1, words.size()))
                    .forEach(word -> candidates.add(new Candidate(word)));
            candidates.add(new Candidate("--json"));
        }
    }
}
