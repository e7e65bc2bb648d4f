package dev.sluice.shell;

import java.util.List;

/** Checks the words behind a command's name. */
final class Words {
    private Words() {}

    /** Nothing but {@code flags}. */
    static void none(List<String> words, String... flags) throws Command.Misuse {
        List<String> others = others(words, flags);
        if (!others.isEmpty()) {
            throw new Command.Misuse("'" + others.get(0) + "' makes no sense here");
        }
    }

    /** The only word beside {@code flags}. */
    static String one(List<String> words, String what, String... flags) throws Command.Misuse {
        List<String> others = others(words, flags);
        if (others.isEmpty()) {
            throw new Command.Misuse(what + " has to be named");
        }
        if (others.size() > 1) {
            throw new Command.Misuse("'" + others.get(1) + "' makes no sense here");
        }
        return others.get(0);
    }

    /** The words beside {@code flags}; another flag is an error. */
    static List<String> others(List<String> words, String... flags) throws Command.Misuse {
        List<String> known = List.of(flags);
        List<String> others =
                words.stream().filter(word -> !known.contains(word)).toList();
        for (String word : others) {
            if (word.startsWith("--")) {
                throw new Command.Misuse("'" + word + "' is no option here");
            }
        }
        return others;
    }
}
