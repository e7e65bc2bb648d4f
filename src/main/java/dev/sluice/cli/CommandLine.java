package dev.sluice.cli;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.request.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * httpd's options, read as its getopt does: letters may stand together, the last may have its argument in the same word,
 * the first word that is no option ends them.
 */
final class CommandLine {
    private static final String WITH_ARGUMENT = "DCcdfeEk";
    private static final String ALONE = "vVlLtTSMhX";
    private static final Set<String> SIGNALS = Set.of("start", "restart", "graceful", "graceful-stop", "stop");
    private static final Set<String> DUMPS = Set.of("DUMP_VHOSTS", "DUMP_RUN_CFG", "DUMP_MODULES", "DUMP_INCLUDES");

    /** What the options ask for. */
    enum Task {
        /** {@code -v} */
        VERSION,
        /** {@code -V} */
        SETTINGS,
        /** {@code -l} */
        BUILT_IN,
        /** {@code -L} */
        DIRECTIVES,
        /** {@code -t} */
        TEST,
        /** {@code -S}, {@code -M} and {@code -D DUMP_...} */
        DUMP,
        /** None of them: serve, or tell a server that runs. */
        RUN
    }

    /** Options that httpd refuses; the message is what it prints before its usage, empty where it prints nothing. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message, null, false, false);
        }

        String message() {
            String message = getMessage();
            return message == null ? "" : message;
        }
    }

    private Task task = Task.RUN;
    private final Set<String> defines = new LinkedHashSet<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable String serverRoot;
    private @Nullable String file;
    private @Nullable String errorFile;
    private @Nullable String signal;
    private Level level = Level.WARN;

    private CommandLine() {}

    /**
     * Reads options.
     *
     * @throws Misuse where httpd prints its usage
     */
    static CommandLine read(List<String> arguments) throws Misuse {
        CommandLine line = new CommandLine();
        int at = 0;
        while (at < arguments.size() && line.task != Task.VERSION && line.task != Task.BUILT_IN) {
            String word = arguments.get(at);
            if (!word.startsWith("-")) {
                throw new Misuse("");
            }
            at++;
            if (word.equals("-") || word.startsWith("--")) {
                if (at < arguments.size()) {
                    throw new Misuse("");
                }
                return line;
            }
            at = line.letters(word, arguments, at);
        }
        return line;
    }

    /** The letters of one word; answers where the next word is. */
    private int letters(String word, List<String> arguments, int next) throws Misuse {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (ALONE.indexOf(letter) >= 0) {
                alone(letter);
                if (task == Task.VERSION || task == Task.BUILT_IN) {
                    return next;
                }
            } else if (WITH_ARGUMENT.indexOf(letter) >= 0) {
                boolean attached = i + 1 < word.length();
                if (!attached && next == arguments.size()) {
                    throw new Misuse(letter == 'k' ? illegal(letter) : "option requires an argument -- " + letter);
                }
                with(letter, attached ? word.substring(i + 1) : arguments.get(next));
                return attached ? next : next + 1;
            } else {
                throw new Misuse(letter == '?' ? "" : illegal(letter));
            }
        }
        return next;
    }

    private static String illegal(char letter) {
        return "illegal option -- " + letter;
    }

    private void alone(char letter) throws Misuse {
        if (letter == 'h') {
            throw new Misuse("");
        }
        words.add("-" + letter);
        switch (letter) {
            case 'v' -> task = Task.VERSION;
            case 'l' -> task = Task.BUILT_IN;
            case 'V' -> task = Task.SETTINGS;
            case 'L' -> task = Task.DIRECTIVES;
            case 't' -> task = task == Task.RUN ? Task.TEST : task;
            case 'S' -> {
                define("DUMP_VHOSTS");
                define("DUMP_RUN_CFG");
            }
            case 'M' -> define("DUMP_MODULES");
            case 'T' -> define(CoreModule.UNCHECKED_ROOTS);
            case 'X' -> define("DEBUG");
            default -> {}
        }
    }

    private void with(char letter, String argument) throws Misuse {
        if (letter == 'k') {
            if (signal != null || !SIGNALS.contains(argument)) {
                throw new Misuse(illegal('k'));
            }
            signal = argument;
            return;
        }
        words.add("-" + letter);
        words.add(argument);
        switch (letter) {
            case 'D' -> define(argument);
            case 'C' -> before.add(argument);
            case 'c' -> after.add(argument);
            case 'd' -> serverRoot = argument;
            case 'f' -> file = argument;
            case 'E' -> errorFile = argument;
            default -> level = level(argument);
        }
    }

    private static Level level(String word) throws Misuse {
        for (Level each : Level.values()) {
            if (each.word().equalsIgnoreCase(word)) {
                return each;
            }
        }
        throw new Misuse("");
    }

    private void define(String name) {
        defines.add(name);
        if (DUMPS.contains(name) && (task == Task.RUN || task == Task.TEST)) {
            task = Task.DUMP;
        }
    }

    Task task() {
        return task;
    }

    /** Names of {@code -D}, and those that other options stand for, in their order. */
    Set<String> defines() {
        return defines;
    }

    List<String> before() {
        return before;
    }

    List<String> after() {
        return after;
    }

    /** Of {@code -d}, as it was given. */
    @Nullable
    String serverRoot() {
        return serverRoot;
    }

    /** Of {@code -f}, as it was given. */
    @Nullable
    String file() {
        return file;
    }

    /** Of {@code -E}: where to print what goes to standard error otherwise. */
    @Nullable
    String errorFile() {
        return errorFile;
    }

    /** Of {@code -k}. */
    @Nullable
    String signal() {
        return signal;
    }

    /** Of {@code -e}: how grave a message about the start must be to be shown. */
    Level level() {
        return level;
    }

    /** True where the server stays in the terminal's foreground. */
    boolean isForeground() {
        return defines.stream().anyMatch(Set.of("FOREGROUND", "NO_DETACH", "ONE_PROCESS", "DEBUG")::contains);
    }

    /** The options without {@code -k}, each a word of its own, as AH00094 tells of them. */
    List<String> words() {
        return words;
    }
}
