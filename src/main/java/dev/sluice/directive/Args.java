package dev.sluice.directive;

import dev.sluice.syntax.Word;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many words a directive takes: httpd's {@code cmd_how}, with its checks and messages (invoke_cmd, config.c). */
public enum Args {
    NO_ARGS("takes no arguments", false),
    FLAG("must be On or Off", false),
    TAKE1("takes one argument", true),
    TAKE2("takes two arguments", true),
    TAKE12("takes 1-2 arguments", true),
    TAKE3("takes three arguments", true),
    TAKE23("takes two or three arguments", true),
    TAKE13("takes one or three arguments", true),
    TAKE123("takes one, two or three arguments", true),
    TAKE_ARGV("", false),
    ITERATE("requires at least one argument", true),
    ITERATE2("requires at least two arguments", true),
    RAW_ARGS("", false);

    private final String complaint;
    private final boolean helps;

    Args(String complaint, boolean helps) {
        this.complaint = complaint;
        this.helps = helps;
    }

    /** httpd's complaint about the words of {@code line}, a directive called {@code name}, or null where their number is right. */
    @Nullable
    String check(String name, Line line, Supplier<String> help) {
        if (fits(line.words())) {
            return null;
        }
        String message = name + " " + complaint;
        String text = helps ? help.get() : "";
        return text.isEmpty() ? message : message + ", " + text;
    }

    /** An empty quoted word counts as none where httpd looks at its first byte. */
    private boolean fits(List<Word> words) {
        int n = words.size();
        return switch (this) {
            case NO_ARGS -> n == 0;
            case FLAG -> n > 0 && isFlag(words.get(0).text());
            case TAKE1 -> n == 1 && filled(words, 0);
            case TAKE2 -> n == 2 && filled(words, 0) && filled(words, 1);
            case TAKE12 -> (n == 1 || n == 2) && filled(words, 0);
            case TAKE3 -> n == 3 && filled(words, 0) && filled(words, 1) && filled(words, 2);
            case TAKE23 -> (n == 2 || n == 3) && filled(words, 0) && filled(words, 1);
            case TAKE13 -> (n == 1 || n == 3) && filled(words, 0);
            case TAKE123 -> n >= 1 && n <= 3 && filled(words, 0);
            case ITERATE2 -> n >= 2 && filled(words, 0);
            case ITERATE -> n >= 1 && filled(words, 0);
            case TAKE_ARGV, RAW_ARGS -> true;
        };
    }

    private static boolean filled(List<Word> words, int index) {
        return !words.get(index).text().isEmpty();
    }

    private static boolean isFlag(String word) {
        return word.equalsIgnoreCase("on") || word.equalsIgnoreCase("off");
    }
}
