package dev.sluice.modules.core;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times with a unit: {@code 5}, {@code 500ms}, {@code 2min}, {@code 1h}. */
public final class Waits {
    /** The unit of a number that stands alone. */
    public enum Unit {
        MILLISECONDS,
        SECONDS,
        MINUTES
    }

    private Waits() {}

    /** As ap_timeout_parameter_parse of httpd's util.c; null where the text has another form. */
    public static @Nullable Duration parse(String text, Unit alone) {
        int end = 0;
        if (text.startsWith("-") || text.startsWith("+")) {
            end++;
        }
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        long amount;
        try {
            amount = Long.parseLong(text.substring(0, end));
        } catch (NumberFormatException e) {
            return null;
        }
        return switch (text.substring(end).toLowerCase(Locale.ROOT)) {
            case "" ->
                switch (alone) {
                    case MILLISECONDS -> Duration.ofMillis(amount);
                    case SECONDS -> Duration.ofSeconds(amount);
                    case MINUTES -> Duration.ofMinutes(amount);
                };
            case "s" -> Duration.ofSeconds(amount);
            case "ms" -> Duration.ofMillis(amount);
            case "mi", "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> null;
        };
    }
}
