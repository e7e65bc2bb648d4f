package dev.sluice.modules.proxy;

import dev.sluice.directive.Reading;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as C and APR read them from a configuration. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("\\s*([+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)");

    private Numbers() {}

    static int atoi(String text) {
        return Reading.atoi(text);
    }

    /** As C's {@code atof}, for decimal numbers: what is no number is 0. */
    static double atof(String text) {
        Matcher number = DECIMAL.matcher(text);
        return number.lookingAt() ? Double.parseDouble(number.group(1)) : 0;
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
