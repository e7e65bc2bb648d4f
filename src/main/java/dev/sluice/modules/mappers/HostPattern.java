package dev.sluice.modules.mappers;

import dev.sluice.directive.BadArgument;
import java.util.ArrayList;
import java.util.List;

/** A path with parts of the host's name in it: {@code /www/%2+/%1.1} (vhost_alias_set and _interpolate, mod_vhost_alias.c). */
final class HostPattern {
    /**
     * A number with its signs.
     *
     * @param number from 1; 0 for all
     * @param fromEnd counted from the end
     * @param andMore with what is before it, or behind it
     */
    private record Count(int number, boolean fromEnd, boolean andMore) {
        static final Count ALL = new Count(0, false, false);
    }

    /** Text as it stands, the port, or letters of a part of the name. */
    private record Piece(String text, boolean port, Count part, Count letters) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final String format;
    private int at;

    private HostPattern(String format) {
        this.format = format;
    }

    static HostPattern read(String format) throws BadArgument {
        HostPattern pattern = new HostPattern(format);
        pattern.read();
        return pattern;
    }

    private void read() throws BadArgument {
        StringBuilder plain = new StringBuilder();
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%' && peek() == '%') {
                at++;
                plain.append('%');
            } else if (c == '%') {
                flush(plain);
                specifier();
            } else {
                plain.append(c);
            }
        }
        flush(plain);
    }

    private void flush(StringBuilder plain) {
        if (plain.length() > 0) {
            pieces.add(new Piece(plain.toString(), false, Count.ALL, Count.ALL));
            plain.setLength(0);
        }
    }

    private void specifier() throws BadArgument {
        if (peek() == 'p') {
            at++;
            pieces.add(new Piece("", true, Count.ALL, Count.ALL));
            return;
        }
        Count part = count();
        Count letters = Count.ALL;
        if (peek() == '.') {
            at++;
            letters = count();
        }
        pieces.add(new Piece("", false, part, letters));
    }

    private Count count() throws BadArgument {
        boolean fromEnd = peek() == '-';
        if (fromEnd) {
            at++;
        }
        char digit = peek();
        if (digit < '0' || digit > '9') {
            throw new BadArgument("syntax error in format string");
        }
        at++;
        boolean andMore = peek() == '+';
        if (andMore) {
            at++;
        }
        return new Count(digit - '0', fromEnd, andMore);
    }

    private char peek() {
        return at < format.length() ? format.charAt(at) : '\0';
    }

    String of(String name, int port) {
        StringBuilder text = new StringBuilder(format.length() + name.length());
        for (Piece piece : pieces) {
            if (piece.port) {
                text.append(port);
            } else if (!piece.text.isEmpty()) {
                text.append(piece.text);
            } else {
                append(name, piece, text);
            }
        }
        return text.toString();
    }

    /** {@code _} for a part or a letter that there is not. */
    private static void append(String name, Piece piece, StringBuilder text) {
        int[] range = part(name, piece.part);
        if (range.length > 0) {
            range = letters(range, piece.letters);
        }
        if (range.length == 0) {
            text.append('_');
            return;
        }
        for (int i = range[0]; i < range[1]; i++) {
            char c = name.charAt(i);
            text.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
    }

    private static int[] part(String name, Count count) {
        int parts = 1 + (int) name.chars().filter(c -> c == '.').count();
        if (count.number == 0) {
            return new int[] {0, name.length()};
        }
        if (count.number > parts) {
            return new int[0];
        }
        int index = count.fromEnd ? parts - count.number : count.number - 1;
        int start = start(name, index);
        int next = name.indexOf('.', start);
        int end = next < 0 ? name.length() : next;
        if (!count.andMore) {
            return new int[] {start, end};
        }
        return count.fromEnd ? new int[] {0, end} : new int[] {start, name.length()};
    }

    /** Where the part of this index begins. */
    private static int start(String name, int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = name.indexOf('.', start) + 1;
        }
        return start;
    }

    private static int[] letters(int[] range, Count count) {
        if (count.number == 0) {
            return range;
        }
        if (count.number > range[1] - range[0]) {
            return new int[0];
        }
        if (count.fromEnd) {
            int end = range[1] - count.number + 1;
            return new int[] {count.andMore ? range[0] : end - 1, end};
        }
        int start = range[0] + count.number - 1;
        return new int[] {start, count.andMore ? range[1] : start + 1};
    }
}
