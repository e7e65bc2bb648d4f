package dev.sluice.directive;

import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of a module's table.
 *
 * <p>The verbs below make the {@link Does} of a row: how many words it takes, what it does with them and the verdict that
 * goes with it. They throw at start-up, never while a configuration is read, when a row makes no sense.
 *
 * @param name as httpd spells it; for a section {@code <Location}
 */
public record Directive(String name, Places places, Does does) {
    /**
     * What a row does.
     *
     * @param gives the settings it gives values to, so that a test can try every place
     */
    public record Does(Args args, Effect effect, Verdict verdict, List<Setting<?>> gives, List<Arg<?>> reads) {
        /** The same, but not all of it: the docs and lint say what is missing. */
        public Does partly(String missing) {
            return new Does(args, effect, new Verdict(Verdict.Kind.PARTLY, missing), gives, reads);
        }
    }

    /** A directive that reads exactly one word into a setting. */
    public static <T> Does sets(Setting<T> setting, Arg<T> arg) {
        Args args = arg instanceof Reading.Flag ? Args.FLAG : Args.TAKE1;
        return new Does(
                args,
                (line, scope) -> scope.give(setting, arg.read(line.words().get(0), line, scope), line.span()),
                Verdict.WORKS,
                List.of(setting),
                List.of(arg));
    }

    /** A key and a value for a map. */
    public static <K, V> Does puts(Setting<Map<K, V>> setting, Arg<K> key, Arg<V> value) {
        return new Does(
                Args.TAKE2,
                (line, scope) -> {
                    List<Word> words = line.words();
                    scope.give(
                            setting,
                            Map.of(key.read(words.get(0), line, scope), value.read(words.get(1), line, scope)),
                            line.span());
                },
                Verdict.WORKS,
                List.of(setting),
                List.of(key, value));
    }

    /** Any number of words, each of which joins a list; stops at an empty one, as httpd does. */
    public static <E> Does addsEach(Setting<List<E>> setting, Arg<E> arg) {
        return new Does(
                Args.ITERATE,
                (line, scope) -> {
                    for (Word word : line.words()) {
                        if (word.text().isEmpty()) {
                            break;
                        }
                        scope.give(setting, List.of(arg.read(word, line, scope)), line.span());
                    }
                },
                Verdict.WORKS,
                List.of(setting),
                List.of(arg));
    }

    /** Words whose number httpd checks and whose meaning {@code effect} knows. */
    public static Does reads(Args args, Effect effect, Setting<?>... gives) {
        return new Does(args, effect, Verdict.WORKS, List.of(gives), List.of());
    }

    /** The text behind the name, quotes and all. */
    public static Does raw(Effect effect, Setting<?>... gives) {
        return reads(Args.RAW_ARGS, effect, gives);
    }

    /** A section, whose effect opens a scope of its own for the lines in it. */
    public static Does opens(Effect effect) {
        return reads(Args.RAW_ARGS, effect);
    }

    /** Checked and noted: there is nothing here that it could tune. */
    public static Does ignored(Args args, String why) {
        return new Does(
                args,
                (line, scope) -> scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + why),
                new Verdict(Verdict.Kind.IGNORED, why),
                List.of(),
                List.of());
    }

    /** An error: to go on without it would change what is served or who may see it. */
    public static Does refused(Args args, String why) {
        return new Does(
                args,
                (line, scope) -> {
                    throw BadArgument.refusal(line.name() + " is not supported: " + why);
                },
                new Verdict(Verdict.Kind.REFUSED, why),
                List.of(),
                List.of());
    }

    public static Directive directive(String name, Places places, Does does) {
        return new Directive(name, places, does);
    }

    /** The same row under each of several names. */
    public static Stream<Directive> directives(Places places, Does does, String... names) {
        return Arrays.stream(names).map(name -> new Directive(name, places, does));
    }

    public boolean isSection() {
        return name.startsWith("<");
    }

    /** httpd's complaint about the number of words, or null. {@code help} is the directive's short help. */
    public @Nullable String complaint(Line line, Supplier<String> help) {
        return does.args().check(name, line, help);
    }
}
