package dev.sluice.modules.filters.ssi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One element of a page.
 *
 * @param name in lower case
 * @param end where it ends in the page
 */
record Element(String name, List<Attribute> attributes, int end) {
    record Attribute(String name, String value) {}

    /** Reads one whose start tag ends at {@code at}; null where the page ends first. */
    static @Nullable Element read(String page, int at, String endTag) {
        int position = skip(page, at);
        int nameEnd = position;
        while (nameEnd < page.length() && isName(page.charAt(nameEnd)) && !page.startsWith(endTag, nameEnd)) {
            nameEnd++;
        }
        String name = page.substring(position, nameEnd).toLowerCase(Locale.ROOT);
        List<Attribute> attributes = new ArrayList<>();
        position = skip(page, nameEnd);
        while (!page.startsWith(endTag, position)) {
            if (position >= page.length()) {
                return null;
            }
            int equals = position;
            while (equals < page.length() && isName(page.charAt(equals)) && page.charAt(equals) != '=') {
                equals++;
            }
            String attribute = page.substring(position, equals).toLowerCase(Locale.ROOT);
            position = skip(page, equals);
            if (position >= page.length() || page.charAt(position) != '=') {
                position = Math.max(position, equals + (equals == position ? 1 : 0));
                attributes.add(new Attribute(attribute, ""));
                continue;
            }
            position = skip(page, position + 1);
            StringBuilder value = new StringBuilder();
            position = value(page, position, endTag, value);
            if (position < 0) {
                return null;
            }
            attributes.add(new Attribute(attribute, value.toString()));
            position = skip(page, position);
        }
        return new Element(name, List.copyOf(attributes), position + endTag.length());
    }

    /** A value in quotes, or a bare word; in quotes a backslash stands before a quote. */
    private static int value(String page, int at, String endTag, StringBuilder value) {
        if (at >= page.length()) {
            return -1;
        }
        char quote = page.charAt(at);
        int position = at;
        if (quote != '"' && quote != '\'' && quote != '`') {
            while (position < page.length()
                    && !Character.isWhitespace(page.charAt(position))
                    && !page.startsWith(endTag, position)) {
                value.append(page.charAt(position++));
            }
            return position;
        }
        position++;
        while (position < page.length() && page.charAt(position) != quote) {
            char c = page.charAt(position);
            if (c == '\\' && position + 1 < page.length() && page.charAt(position + 1) == quote) {
                position++;
                c = quote;
            }
            value.append(c);
            position++;
        }
        return position < page.length() ? position + 1 : -1;
    }

    private static int skip(String page, int from) {
        int at = from;
        while (at < page.length() && Character.isWhitespace(page.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isName(char c) {
        return !Character.isWhitespace(c) && c != '=';
    }

    @Nullable
    String first(String attribute) {
        for (Attribute each : attributes) {
            if (each.name.equals(attribute)) {
                return each.value;
            }
        }
        return null;
    }
}
