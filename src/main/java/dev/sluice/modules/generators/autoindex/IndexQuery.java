package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.Fnmatch;
import dev.sluice.modules.core.UrlPath;
import org.jspecify.annotations.Nullable;

/** What the query of a list asks for: {@code C=} column, {@code O=} order, {@code F=} format, {@code V=} versions, {@code P=} pattern. */
final class IndexQuery {
    private int bits;
    private char key;
    private boolean ascending;
    private String format = "";
    private String versions = "";
    private @Nullable String pattern;

    private IndexQuery(int bits, Order order) {
        this.bits = bits;
        this.key = order.key();
        this.ascending = order.ascending();
    }

    /** Reads as far as it makes sense; where IgnoreClient is on, nothing. */
    static IndexQuery read(String query, IndexOptions options, Order order) {
        IndexQuery read = new IndexQuery(options.bits(), order);
        if (options.has(IndexOptions.IGNORE_CLIENT)) {
            read.bits |= IndexOptions.SUPPRESS_COLUMN_SORTING;
            return read;
        }
        int at = 0;
        while (at >= 0 && at < query.length()) {
            at = query.startsWith("P=", at) ? read.pattern(query, at + 2) : read.letter(query, at);
        }
        return read;
    }

    /** Where the query goes on; -1 where it is not understood. */
    private int letter(String query, int at) {
        boolean whole = query.length() >= at + 3 && query.charAt(at + 1) == '=';
        boolean ends = query.length() == at + 3;
        if (!whole || (!ends && query.charAt(at + 3) != '&' && query.charAt(at + 3) != ';')) {
            return -1;
        }
        char value = query.charAt(at + 2);
        boolean understood =
                switch (query.charAt(at)) {
                    case 'C' -> column(value);
                    case 'O' -> direction(value);
                    case 'F' -> format(value);
                    case 'V' -> versions(value);
                    default -> false;
                };
        return !understood ? -1 : ends ? query.length() : at + 4;
    }

    private boolean column(char value) {
        boolean known = Order.KEYS.indexOf(value) >= 0;
        key = known ? value : key;
        return known;
    }

    private boolean direction(char value) {
        boolean known = value == 'A' || value == 'D';
        ascending = known ? value == 'A' : ascending;
        return known;
    }

    private boolean format(char value) {
        switch (value) {
            case '0' -> bits &= ~(IndexOptions.FANCY_INDEXING | IndexOptions.HTML_TABLE);
            case '1' -> bits = (bits | IndexOptions.FANCY_INDEXING) & ~IndexOptions.HTML_TABLE;
            case '2' -> bits |= IndexOptions.FANCY_INDEXING | IndexOptions.HTML_TABLE;
            default -> {
                return false;
            }
        }
        format = ";F=" + value;
        return true;
    }

    private boolean versions(char value) {
        if (value != '0' && value != '1') {
            return false;
        }
        bits = value == '1' ? bits | IndexOptions.VERSION_SORT : bits & ~IndexOptions.VERSION_SORT;
        versions = ";V=" + value;
        return true;
    }

    private int pattern(String query, int from) {
        int end = from;
        while (end < query.length() && query.charAt(end) != '&' && query.charAt(end) != ';') {
            end++;
        }
        String asked = end == from ? null : unescaped(query.substring(from, end));
        pattern = asked;
        return end + 1;
    }

    /** Null for a text that cannot be unescaped, or must not be: with a slash or a NUL in it (ap_unescape_url). */
    private static @Nullable String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            int value = high * 16 + low;
            if (low < 0 || value == 0 || value == '/') {
                return null;
            }
            plain.append((char) value);
            i += 2;
        }
        return plain.toString();
    }

    boolean has(int option) {
        return (bits & option) != 0;
    }

    Order order() {
        return new Order(key, ascending);
    }

    /** What links to the same list in another order carry along. */
    String carried() {
        return format + versions + (pattern == null ? "" : ";P=" + UrlPath.escaped(pattern));
    }

    /** True where {@code name} is to be listed; a period at its beginning must be asked for. */
    boolean admits(String name) {
        String asked = pattern;
        if (asked == null) {
            return true;
        }
        boolean hidden = name.startsWith(".") && !asked.startsWith(".");
        return !hidden && Fnmatch.matchesAcrossSlashes(asked.replace("\\", "\\\\"), name);
    }
}
