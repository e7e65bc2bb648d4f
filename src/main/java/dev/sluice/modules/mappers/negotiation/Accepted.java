package dev.sluice.modules.mappers.negotiation;

import dev.sluice.directive.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An item of an Accept header, or a media type with its parameters (get_entry, mod_negotiation.c).
 *
 * @param name in lower case
 * @param quality 0 to 1, of {@code q} or {@code qs}
 * @param level of HTML, 2 where none is written
 */
record Accepted(String name, float quality, float level, String charset) {
    /** The items of a header; null where there is none. */
    static @Nullable List<Accepted> header(@Nullable String line) {
        if (line == null) {
            return null;
        }
        List<Accepted> items = new ArrayList<>();
        Tokens tokens = new Tokens(line);
        while (!tokens.isAtEnd()) {
            items.add(item(tokens));
        }
        return List.copyOf(items);
    }

    static Accepted type(String text) {
        return item(new Tokens(text));
    }

    private static Accepted item(Tokens tokens) {
        String name = tokens.next(false).toLowerCase(Locale.ROOT);
        float quality = 1;
        float level =
                switch (name) {
                    case "text/html", Variant.PARSED_HTML -> 2;
                    case Variant.PARSED_HTML_3 -> 3;
                    default -> 0;
                };
        String charset = "";
        while (tokens.skip(';')) {
            String parameter = tokens.next(true);
            int end = 0;
            while (end < parameter.length() && parameter.charAt(end) != '=' && !blank(parameter.charAt(end))) {
                end++;
            }
            if (end == parameter.length()) {
                continue;
            }
            String value = value(parameter, end);
            switch (parameter.substring(0, end).toLowerCase(Locale.ROOT)) {
                case "q", "qs" -> quality = quality(value);
                case "level" -> level = Reading.atoi(value);
                case "charset" -> charset = value;
                default -> {}
            }
        }
        tokens.skip(',');
        return new Accepted(name, quality, level, charset);
    }

    private static String value(String parameter, int from) {
        int start = from;
        while (start < parameter.length() && (parameter.charAt(start) == '=' || blank(parameter.charAt(start)))) {
            start++;
        }
        boolean quoted = start < parameter.length() && parameter.charAt(start) == '"';
        if (quoted) {
            start++;
        }
        int end = start;
        while (end < parameter.length() && (quoted ? parameter.charAt(end) != '"' : !blank(parameter.charAt(end)))) {
            end++;
        }
        return parameter.substring(start, end).toLowerCase(Locale.ROOT);
    }

    /** Three digits behind the point count; what is no quality is 1 (atoq). */
    private static float quality(String text) {
        int at = text.startsWith(".") ? 0 : text.startsWith("0") ? 1 : -1;
        if (at < 0) {
            return 1;
        }
        int thousandths = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            for (int unit = 100; unit > 0; unit /= 10) {
                at++;
                if (at >= text.length() || text.charAt(at) < '0' || text.charAt(at) > '9') {
                    break;
                }
                thousandths += (text.charAt(at) - '0') * unit;
            }
        }
        return thousandths / 1000f;
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** The words of a header (ap_get_token). */
    static final class Tokens {
        private final String text;
        private int at;

        Tokens(String text) {
            this.text = text;
            blanks();
        }

        boolean isAtEnd() {
            return at >= text.length();
        }

        boolean skip(char c) {
            if (isAtEnd() || text.charAt(at) != c) {
                return false;
            }
            at++;
            blanks();
            return true;
        }

        /** Up to a comma or semicolon that is not quoted; a blank ends it unless {@code withBlanks}. */
        String next(boolean withBlanks) {
            blanks();
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ';') {
                char c = text.charAt(at);
                if (!withBlanks && blank(c)) {
                    break;
                }
                int close = c == '"' ? text.indexOf('"', at + 1) : at;
                at = close < 0 ? text.length() : close + 1;
            }
            int end = Math.min(at, text.length());
            blanks();
            return text.substring(start, end);
        }

        private void blanks() {
            while (at < text.length() && blank(text.charAt(at))) {
                at++;
            }
        }
    }
}
