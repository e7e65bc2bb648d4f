package dev.sluice.directive;

import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The words that many directives take. */
public final class Reading {
    private Reading() {}

    /** On or Off; the row of a flag has {@link Args#FLAG}. */
    static final class Flag implements Arg<Boolean> {
        @Override
        public Boolean read(Word word, Line line, Scope scope) {
            return word.text().equalsIgnoreCase("on");
        }

        @Override
        public List<String> words() {
            return List.of("On", "Off");
        }
    }

    public static Arg<Boolean> flag() {
        return new Flag();
    }

    /** The word as it stands. */
    public static Arg<String> word() {
        return (word, line, scope) -> word.text();
    }

    /** A path, below the server root where it is relative. */
    public static Arg<Path> path() {
        return (word, line, scope) -> scope.resolve(SourceFile.utf8(word.text()));
    }

    /** A whole number read as C's atoi does: digits first, 0 where there are none. */
    public static Arg<Integer> atoi() {
        return (word, line, scope) -> atoi(word.text());
    }

    /** Seconds, read as C's atoi does. */
    public static Arg<Duration> seconds() {
        return (word, line, scope) -> Duration.ofSeconds(atoi(word.text()));
    }

    /** One of a few words, in any case; {@code complaint} makes the message for another. */
    public static <E extends Enum<E>> Arg<E> oneOf(Class<E> type, Function<String, String> complaint) {
        E[] all = type.getEnumConstants();
        return new Arg<>() {
            @Override
            public E read(Word word, Line line, Scope scope) throws BadArgument {
                for (E each : all) {
                    if (spelling(each).equalsIgnoreCase(word.text())) {
                        return each;
                    }
                }
                throw new BadArgument(complaint.apply(word.text()), word.span());
            }

            @Override
            public List<String> words() {
                return Arrays.stream(all).map(Reading::spelling).toList();
            }
        };
    }

    private static String spelling(Enum<?> value) {
        return value.name().replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** As C's {@code atoi}: blanks, a sign, digits; 0 where there are none; the nearest int where it does not fit. */
    public static int atoi(String text) {
        String digits = text.strip();
        int at = 0;
        boolean minus = digits.startsWith("-");
        if (minus || digits.startsWith("+")) {
            at++;
        }
        long value = 0;
        while (at < digits.length()
                && digits.charAt(at) >= '0'
                && digits.charAt(at) <= '9'
                && value < Integer.MAX_VALUE) {
            value = value * 10 + digits.charAt(at++) - '0';
        }
        long signed = minus ? -value : value;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, signed));
    }
}
