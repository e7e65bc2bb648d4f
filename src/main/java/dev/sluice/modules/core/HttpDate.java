package dev.sluice.modules.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates of HTTP headers, RFC 9110 section 5.6.7. */
public final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** {@code Sun, 06 Nov 1994 08:49:37}; what follows is not looked at, as in apr_date_parse_http. */
    private static final Pattern CURRENT =
            Pattern.compile("\\w+, ?(\\d{1,2}) (\\w{3}) (\\d{4}) (\\d\\d):(\\d\\d):(\\d\\d).*");

    /** {@code Sunday, 06-Nov-94 08:49:37}. */
    private static final Pattern RFC_850 =
            Pattern.compile("\\w+, ?(\\d{1,2})-(\\w{3})-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d).*");

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static final Pattern ASCTIME =
            Pattern.compile("\\w+ (\\w{3}) +(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d) (\\d{4}).*");

    private HttpDate() {}

    /** {@code seconds} since 1970. */
    public static String format(long seconds) {
        return FORMAT.format(Instant.ofEpochSecond(seconds));
    }

    /** Seconds since 1970; null for what is no date. */
    public static @Nullable Long parse(String text) {
        String date = text.strip();
        Matcher current = CURRENT.matcher(date);
        if (current.matches()) {
            return seconds(current.group(3), current.group(2), current.group(1), current, 4);
        }
        Matcher older = RFC_850.matcher(date);
        if (older.matches()) {
            int year = Integer.parseInt(older.group(3));
            return seconds(
                    Integer.toString(year < 70 ? 2000 + year : 1900 + year), older.group(2), older.group(1), older, 4);
        }
        Matcher asctime = ASCTIME.matcher(date);
        if (asctime.matches()) {
            return seconds(asctime.group(6), asctime.group(1), asctime.group(2), asctime, 3);
        }
        return null;
    }

    private static @Nullable Long seconds(String year, String month, String day, Matcher time, int hour) {
        try {
            return LocalDateTime.of(
                            Integer.parseInt(year),
                            MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) + 1,
                            Integer.parseInt(day),
                            Integer.parseInt(time.group(hour)),
                            Integer.parseInt(time.group(hour + 1)),
                            Integer.parseInt(time.group(hour + 2)))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
