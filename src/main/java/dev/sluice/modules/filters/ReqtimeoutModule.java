package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.SERVERS;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.ReadLimit;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.syntax.Word;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** mod_reqtimeout: how long clients may take to say what they want. */
public final class ReqtimeoutModule implements HttpdModule {
    static final Setting<ReadLimit> HANDSHAKE = Setting.perServer("RequestReadTimeout handshake", ReadLimit.NONE);

    /** Seconds, and bytes a second (MRT_DEFAULT_..., mod_reqtimeout.c). */
    static final Setting<ReadLimit> HEADER = Setting.perServer(
            "RequestReadTimeout header", new ReadLimit(Duration.ofSeconds(20), Duration.ofSeconds(40), 500));

    static final Setting<ReadLimit> BODY =
            Setting.perServer("RequestReadTimeout body", new ReadLimit(Duration.ofSeconds(20), Duration.ZERO, 500));

    /** Seconds, or bytes a second, that make no difference any more. */
    private static final int GREATEST = 1_000_000_000;

    @Override
    public String id() {
        return "reqtimeout_module";
    }

    @Override
    public String file() {
        return "mod_reqtimeout.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive(
                "RequestReadTimeout",
                SERVERS,
                reads(Args.RAW_ARGS, ReqtimeoutModule::read, HANDSHAKE, HEADER, BODY)
                        .partly("the clock of a body of HTTP/2 is H2StreamTimeout alone")));
    }

    @Override
    public void connections(Server server, ListenerPlan plan) {
        Settings s = server.settings();
        plan.readLimits(s.get(HANDSHAKE), s.get(HEADER), s.get(BODY));
    }

    private static void read(Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                throw new BadArgument(
                        "Invalid RequestReadTimeout parameter. Parameter must be in the form 'key=value'", word.span());
            }
            try {
                Setting<ReadLimit> stage = stage(word.text().substring(0, equals));
                scope.give(stage, limit(word.text().substring(equals + 1)), line.span());
            } catch (IllegalArgumentException e) {
                throw new BadArgument("RequestReadTimeout: " + word.text() + ": " + e.getMessage(), word.span());
            }
        }
    }

    private static Setting<ReadLimit> stage(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "handshake" -> HANDSHAKE;
            case "header" -> HEADER;
            case "body" -> BODY;
            default -> throw new IllegalArgumentException("Unknown RequestReadTimeout parameter");
        };
    }

    /** {@code 20}, {@code 20,MinRate=500} or {@code 20-40,MinRate=500} (set_reqtimeout_param). */
    private static ReadLimit limit(String text) {
        int rateAt = text.toLowerCase(Locale.ROOT).indexOf(",minrate=");
        String range = rateAt < 0 ? text : text.substring(0, rateAt);
        String rate = rateAt < 0 ? null : text.substring(rateAt + ",MinRate=".length());
        int dash = range.indexOf('-');
        if (dash >= 0 && rate == null) {
            throw new IllegalArgumentException("Must set MinRate option if using timeout range");
        }
        int bytes = 0;
        if (rate != null) {
            bytes = number(rate);
            if (bytes == 0) {
                throw new IllegalArgumentException("Minimum data rate must be larger than 0");
            }
        }
        if (dash < 0) {
            return new ReadLimit(Duration.ofSeconds(number(range)), Duration.ZERO, bytes);
        }
        int first = number(range.substring(0, dash));
        int most = number(range.substring(dash + 1));
        if (most <= first) {
            throw new IllegalArgumentException("Maximum timeout must be larger than initial timeout");
        }
        return new ReadLimit(Duration.ofSeconds(first), Duration.ofSeconds(most), bytes);
    }

    private static int number(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == 0) {
            throw new IllegalArgumentException("Value '" + text + "' not numerical");
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("Cannot parse '" + text.substring(end) + "'");
        }
        return (int) Math.min(GREATEST, Double.parseDouble(text));
    }
}
