package dev.sluice.shell;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into commands at semicolons, and those into words; quotes of both kinds hold blanks and semicolons. */
final class CommandWords {
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private CommandWords() {}

    /** The commands of {@code line}, empty ones left out; what follows {@code #} at the beginning of a word is a remark. */
    static List<List<String>> of(String line) {
        CommandWords reading = new CommandWords();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (reading.quote == 0 && c == '#' && !reading.inWord) {
                break;
            }
            reading.take(c);
        }
        reading.endCommand();
        return reading.commands;
    }

    private void take(char c) {
        if (quote != 0) {
            if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
            inWord = true;
        } else if (c == ';') {
            endCommand();
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            word.append(c);
            inWord = true;
        }
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(words);
        }
        words = new ArrayList<>();
    }
}
