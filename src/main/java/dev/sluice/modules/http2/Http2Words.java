package dev.sluice.modules.http2;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.modules.core.Waits;
import dev.sluice.syntax.Word;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of mod_http2's directives, with its complaints (h2_config.c). */
final class Http2Words {
    private static final List<String> DEPENDENCIES = List.of("after", "before", "interleaved");

    private Http2Words() {}

    static Arg<Boolean> onOff() {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new BadArgument("value must be On or Off", word.span());
        };
    }

    static <T> Arg<Optional<T>> maybe(Arg<T> arg) {
        return (word, line, scope) -> Optional.of(arg.read(word, line, scope));
    }

    static Arg<Integer> atLeast(int least, String complaint) {
        return (word, line, scope) -> {
            int value = Reading.atoi(word.text());
            if (value < least) {
                throw new BadArgument(complaint, word.span());
            }
            return value;
        };
    }

    static Arg<Integer> paddingBits() {
        return (word, line, scope) -> {
            int bits = Reading.atoi(word.text());
            if (bits < 0 || bits > 8) {
                throw new BadArgument("number of bits must be " + (bits < 0 ? ">= 0" : "<= 8"), word.span());
            }
            return bits;
        };
    }

    static Arg<Optional<Duration>> timeout() {
        return (word, line, scope) -> {
            Duration wait = Waits.parse(word.text(), Waits.Unit.SECONDS);
            if (wait == null || wait.isNegative()) {
                throw new BadArgument("Invalid timeout value", word.span());
            }
            return Optional.of(wait);
        };
    }

    static Arg<Duration> idleLimit() {
        return (word, line, scope) -> {
            Duration wait = Waits.parse(word.text(), Waits.Unit.SECONDS);
            if (wait == null || wait.isNegative()) {
                throw new BadArgument("Invalid idle limit value", word.span());
            }
            return wait;
        };
    }

    /** In a section it is for requests there alone, and an Upgrade has been decided on before their path is known. */
    static void upgrade(Line line, Scope scope) throws BadArgument {
        boolean on = onOff().read(line.words().get(0), line, scope);
        if (scope.place().kind() == Place.Kind.SERVER) {
            scope.give(Http2Module.UPGRADE, Optional.of(on), line.span());
        } else if (!on) {
            throw BadArgument.refusal("H2Upgrade off is not supported in a section: set it for the server");
        }
    }

    /** One word that is read as httpd reads it, and has no effect. */
    static Directive.Does noted(Arg<?> arg, String why) {
        Effect effect = (line, scope) -> {
            arg.read(line.words().get(0), line, scope);
            note(line, scope, why);
        };
        return new Directive.Does(Args.TAKE1, effect, new Verdict(Verdict.Kind.IGNORED, why), List.of(), List.of(arg));
    }

    private static void note(Line line, Scope scope, String why) {
        scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + why);
    }

    /** Off is how it is; on is refused. */
    static Directive.Does offOnly(String why) {
        Effect effect = (line, scope) -> {
            if (onOff().read(line.words().get(0), line, scope)) {
                throw BadArgument.refusal(line.name() + " On is not supported: " + why);
            }
        };
        return new Directive.Does(
                Args.TAKE1, effect, new Verdict(Verdict.Kind.REFUSED, why), List.of(), List.of(onOff()));
    }

    static Effect pushPriority(String why) {
        return (line, scope) -> {
            List<Word> words = line.words();
            String dependency = words.get(1).text().toLowerCase(Locale.ROOT);
            if (!DEPENDENCIES.contains(dependency)) {
                throw new BadArgument(
                        "dependency must be one of 'After', 'Before' or 'Interleaved'",
                        words.get(1).span());
            }
            if (words.size() > 2 && dependency.equals("before")) {
                throw new BadArgument(
                        "dependency 'Before' does not allow a weight",
                        words.get(2).span());
            }
            note(line, scope, why);
        };
    }

    static Effect pushResource(String why) {
        return (line, scope) -> {
            List<Word> words = line.words();
            boolean add = words.size() > 1 && words.get(0).text().equalsIgnoreCase("add");
            int last = add ? 2 : 1;
            if (words.size() > last && !words.get(last).text().equalsIgnoreCase("critical")) {
                throw new BadArgument("unknown last parameter", words.get(last).span());
            }
            note(line, scope, why);
        };
    }
}
