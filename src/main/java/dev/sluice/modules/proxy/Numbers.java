package dev.sluice.modules.proxy;

import dev.sluice.directive.Reading;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as C and APR read them from a configuration. */
final class Numbers {
    private Numbers() {}

    static int atoi(String text) {
        return Reading.atoi(text);
    }

    /** As C's {@code atof}, for decimal fractions: what is no number is 0. */
    static double atof(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || ".+-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        try {
            return end == 0 ? 0 : Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A number with {@code ms}, {@code s}, {@code mi(n)} or {@code h} (ap_timeout_parameter_parse); null for another. */
    static @Nullable Duration duration(String text, String defaultUnit) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == 0 || end > 9) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, end));
        String unit = end == text.length() ? defaultUnit : text.substring(end).toLowerCase(Locale.ROOT);
        if (unit.startsWith("s")) {
            return Duration.ofSeconds(number);
        }
        if (unit.startsWith("h")) {
            return Duration.ofHours(number);
        }
        if (unit.startsWith("ms")) {
            return Duration.ofMillis(number);
        }
        return unit.startsWith("mi") ? Duration.ofMinutes(number) : null;
    }
}
