package dev.sluice.modules.core;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The words that core's directives take, with httpd's complaints. */
public final class CoreWords {
    /** OR_ALL. */
    static final Places ALL = Places.anywhere(
            AllowOverride.LIMIT,
            AllowOverride.OPTIONS,
            AllowOverride.FILE_INFO,
            AllowOverride.AUTH_CONFIG,
            AllowOverride.INDEXES);

    static final Setting<List<String>> PROTOCOL_OPTIONS =
            Setting.perServer("HttpProtocolOptions", List.<String>of(), Merge.<String>append());

    private CoreWords() {}

    static void warn(Scope scope, Line line, String message) {
        scope.find(Findings.HTTPD_WARNING, line.span(), message);
    }

    /** on or off, for directives that are not flags in httpd. */
    static Arg<Boolean> onOff(String complaint) {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new BadArgument(complaint, word.span());
        };
    }

    static Arg<Integer> limit(String suffix) {
        return (word, line, scope) -> {
            int limit = Reading.atoi(word.text());
            if (limit < 0) {
                throw new BadArgument(
                        canonicalName(line) + " \"" + word.text() + "\" must be a non-negative integer" + suffix,
                        word.span());
            }
            return limit;
        };
    }

    /** httpd's table spells it with a small s, and so do its messages. */
    private static String canonicalName(Line line) {
        return line.name().equalsIgnoreCase("LimitRequestFieldSize") ? "LimitRequestFieldsize" : line.name();
    }

    static Arg<Long> bodyLimit() {
        return (word, line, scope) -> {
            try {
                long limit = Long.parseLong(word.text());
                if (limit >= 0) {
                    return limit;
                }
            } catch (NumberFormatException e) {
                // falls through to httpd's complaint
            }
            throw new BadArgument("LimitRequestBody requires a non-negative integer.", word.span());
        };
    }

    /** A time of zero or more. */
    public static Arg<Duration> keepAliveTimeout() {
        return (word, line, scope) -> {
            Duration wait = Waits.parse(word.text(), Waits.Unit.SECONDS);
            if (wait == null || wait.isNegative()) {
                throw new BadArgument("KeepAliveTimeout has wrong format", word.span());
            }
            return wait;
        };
    }

    static Arg<CoreModule.Tokens> tokens() {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "os" -> CoreModule.Tokens.OS;
            case "min", "minimal" -> CoreModule.Tokens.MINIMAL;
            case "major" -> CoreModule.Tokens.MAJOR;
            case "minor" -> CoreModule.Tokens.MINOR;
            case "prod", "productonly" -> CoreModule.Tokens.PRODUCT_ONLY;
            case "full" -> CoreModule.Tokens.FULL;
            default ->
                throw new BadArgument(
                        "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'",
                        word.span());
        };
    }

    static Arg<String> protocolOption() {
        List<String> known =
                List.of("unsafe", "strict", "registeredmethods", "lenientmethods", "require1.0", "allow0.9");
        return (word, line, scope) -> {
            if (!known.contains(word.text().toLowerCase(Locale.ROOT))) {
                throw new BadArgument(
                        "HttpProtocolOptions accepts 'Unsafe' or 'Strict' (default), 'RegisteredMethods' or"
                                + " 'LenientMethods' (default), and 'Require1.0' or 'Allow0.9' (default)",
                        word.span());
            }
            return word.text();
        };
    }
}
