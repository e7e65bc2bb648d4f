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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of mod_http2's directives, with its complaints (h2_config.c). */
final class Http2Words {
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

    static Arg<Integer> powerOfTwo() {
        return (word, line, scope) -> {
            int value = atLeast(0, "value must be >= 0").read(word, line, scope);
            if (Integer.bitCount(value) > 1) {
                throw new BadArgument("value must a power of 2", word.span());
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

    /** In a section it comes too late, here as in httpd: an Upgrade has been decided on before the path is looked at. */
    static void upgrade(Line line, Scope scope) throws BadArgument {
        boolean on = onOff().read(line.words().get(0), line, scope);
        if (scope.place().kind() == Place.Kind.SERVER) {
            scope.give(Http2Module.UPGRADE, Optional.of(on), line.span());
        } else {
            note(line, scope, "an upgrade is decided on before sections are looked at");
        }
    }

    /** Of the server it also decides for connections; in a section for the answers there alone. */
    static void push(Line line, Scope scope) throws BadArgument {
        boolean on = onOff().read(line.words().get(0), line, scope);
        boolean server = scope.place().kind() == Place.Kind.SERVER;
        scope.give(server ? Http2Module.PUSH : Http2Module.PUSH_HERE, on, line.span());
    }

    /** As {@code apr_atoi64}: digits first, 0 where there are none. */
    static Arg<Long> number() {
        return (word, line, scope) -> {
            String text = word.text();
            int end = text.startsWith("-") ? 1 : 0;
            while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0 && end < 18) {
                end++;
            }
            return end == 0 || text.substring(0, end).equals("-") ? 0L : Long.parseLong(text.substring(0, end));
        };
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
}
