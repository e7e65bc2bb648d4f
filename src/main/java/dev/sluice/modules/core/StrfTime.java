package dev.sluice.modules.core;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.TimeZone;

/** A format of strftime(3) in the C locale, with glibc's flags {@code - _ 0 ^ #} and its modifiers E and O. */
public final class StrfTime {
    private static final String CONVERSIONS = "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%";

    private final String format;

    public StrfTime(String format) {
        this.format = format;
    }

    /** What is no conversion is copied. */
    public String format(ZonedDateTime time) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            int letter = c == '%' ? letterOf(at) : -1;
            if (letter < 0) {
                text.append(c);
                at++;
            } else {
                char flag = letter > at + 1 ? format.charAt(at + 1) : 0;
                text.append(flagged(flag, converted(format.charAt(letter), time)));
                at = letter + 1;
            }
        }
        return text.toString();
    }

    /** Where the letter of the conversion that begins at {@code at} stands; -1 where there is none. */
    private int letterOf(int at) {
        int i = at + 1;
        while (i < format.length() && "-_0^#EO".indexOf(format.charAt(i)) >= 0) {
            i++;
        }
        return i < format.length() && CONVERSIONS.indexOf(format.charAt(i)) >= 0 ? i : -1;
    }

    private static String flagged(char flag, String text) {
        return switch (flag) {
            case '-' -> text.length() > 1 ? text.replaceFirst("^[0 ]+(?=.)", "") : text;
            case '_' -> padded(text, '0', ' ');
            case '0' -> padded(text, ' ', '0');
            case '^' -> text.toUpperCase(Locale.ROOT);
            case '#' ->
                text.equals(text.toUpperCase(Locale.ROOT))
                        ? text.toLowerCase(Locale.ROOT)
                        : text.toUpperCase(Locale.ROOT);
            default -> text;
        };
    }

    private static String padded(String text, char from, char to) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < text.length() - 1 && text.charAt(i) == from; i++) {
            changed.setCharAt(i, to);
        }
        return changed.toString();
    }

    private static String converted(char letter, ZonedDateTime t) {
        return switch (letter) {
            case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' ->
                t.getMonth().name().charAt(0)
                        + t.getMonth().name().substring(1, 3).toLowerCase(Locale.ROOT);
            case 'B' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'C' -> two(t.getYear() / 100);
            case 'd' -> two(t.getDayOfMonth());
            case 'e' -> spaced(t.getDayOfMonth());
            case 'g' -> two(t.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'j' -> two(t.getDayOfYear() / 10) + t.getDayOfYear() % 10;
            case 'm' -> two(t.getMonthValue());
            case 'y' -> two(t.getYear() % 100);
            case 'Y' -> String.valueOf(t.getYear());
            case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7);
            case 'U' -> two((t.getDayOfYear() + 6 - t.getDayOfWeek().getValue() % 7) / 7);
            case 'W' -> two((t.getDayOfYear() + 6 - (t.getDayOfWeek().getValue() + 6) % 7) / 7);
            case 'V' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            default -> ofTheClock(letter, t);
        };
    }

    private static String ofTheClock(char letter, ZonedDateTime t) {
        return switch (letter) {
            case 'H' -> two(t.getHour());
            case 'I' -> two(t.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'k' -> spaced(t.getHour());
            case 'l' -> spaced(t.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'M' -> two(t.getMinute());
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'P' -> t.getHour() < 12 ? "am" : "pm";
            case 's' -> String.valueOf(t.toEpochSecond());
            case 'S' -> two(t.getSecond());
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'z' -> offset(t);
            case 'Z' ->
                TimeZone.getTimeZone(t.getZone())
                        .getDisplayName(
                                t.getZone().getRules().isDaylightSavings(t.toInstant()), TimeZone.SHORT, Locale.ROOT);
            default -> new StrfTime(composed(letter)).format(t);
        };
    }

    private static String composed(char letter) {
        return switch (letter) {
            case 'c' -> "%a %b %e %H:%M:%S %Y";
            case 'D', 'x' -> "%m/%d/%y";
            case 'F' -> "%Y-%m-%d";
            case 'r' -> "%I:%M:%S %p";
            case 'R' -> "%H:%M";
            default -> "%H:%M:%S";
        };
    }

    private static String offset(ZonedDateTime t) {
        int minutes = t.getOffset().getTotalSeconds() / 60;
        int size = Math.abs(minutes);
        return (minutes < 0 ? "-" : "+") + two(size / 60) + two(size % 60);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static String spaced(int number) {
        return number < 10 ? " " + number : String.valueOf(number);
    }
}
