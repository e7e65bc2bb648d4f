package dev.sluice.compat;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the error log: {@code [time] [module:level] [pid 1:tid 2] [client 127.0.0.1:3] AH01234: message}.
 *
 * @param number {@code AH01234}, or the empty string
 * @param message all that follows the process, names put in for what differs by nature
 */
record LogLine(String level, String number, String message) {
    private static final Pattern LINE =
            Pattern.compile("\\[[^]]+] \\[(\\w*:)(\\w+)] (?:\\[pid [^]]+] )?((?:\\[[^]]+] )?.*)");
    private static final Pattern NUMBER = Pattern.compile("\\b(AH\\d{5}): ");
    private static final Set<String> SERIOUS = Set.of("error", "crit", "alert", "emerg", "");

    /** A line that is not in httpd's format counts as serious: its level is the empty string. */
    static LogLine of(String text) {
        Matcher line = LINE.matcher(text);
        boolean formed = line.matches();
        Matcher number = NUMBER.matcher(text);
        return new LogLine(
                formed ? line.group(2) : "",
                number.find() ? number.group(1) : "",
                formed ? line.group(1) + line.group(2) + " " + line.group(3) : text);
    }

    boolean isSerious() {
        return SERIOUS.contains(level);
    }

    @Override
    public String toString() {
        return message;
    }
}
