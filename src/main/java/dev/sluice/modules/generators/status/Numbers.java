package dev.sluice.modules.generators.status;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the status page writes them. */
final class Numbers {
    private Numbers() {}

    /** As C's {@code %g} of APR: six digits, no zeros at the end, none before the point. */
    static String general(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.5e", value).replaceFirst("\\.?0+e", "e");
        }
        String text = rounded.toPlainString();
        return text.startsWith("0.") ? text.substring(1) : text;
    }

    /** {@code %.3g} for people. */
    static String rough(double value) {
        return general(new BigDecimal(value).round(new MathContext(3)).doubleValue());
    }

    static String bytes(long bytes) {
        if (bytes < 5 << 10) {
            return bytes + " B";
        }
        double kilo = bytes / 1024.0;
        return bytes < 1 << 19
                ? one(kilo, " kB")
                : bytes < 1 << 29 ? one(kilo / 1024, " MB") : one(kilo / 1024 / 1024, " GB");
    }

    static String kilobytes(long kilo) {
        return kilo < 1 << 10
                ? kilo + " kB"
                : kilo < 1 << 20 ? one(kilo / 1024.0, " MB") : one(kilo / 1024.0 / 1024, " GB");
    }

    private static String one(double value, String unit) {
        return String.format(Locale.ROOT, "%.1f%s", value, unit);
    }

    static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Days, hours, minutes and seconds, a blank before each (show_time, mod_status.c). */
    static String duration(long seconds) {
        StringBuilder text = new StringBuilder();
        part(text, seconds / 86400, "day");
        part(text, seconds / 3600 % 24, "hour");
        part(text, seconds / 60 % 60, "minute");
        part(text, seconds % 60, "second");
        return text.toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(' ').append(count).append(' ').append(unit).append(count == 1 ? "" : "s");
        }
    }
}
