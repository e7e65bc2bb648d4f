package dev.sluice.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a bracketed class of a PCRE pattern into Java's, where brackets nest, ampersands intersect and blanks may vanish. */
final class PcreClass {
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "p{Alnum}"),
            Map.entry("alpha", "p{Alpha}"),
            Map.entry("ascii", "p{ASCII}"),
            Map.entry("blank", "p{Blank}"),
            Map.entry("cntrl", "p{Cntrl}"),
            Map.entry("digit", "p{Digit}"),
            Map.entry("graph", "p{Graph}"),
            Map.entry("lower", "p{Lower}"),
            Map.entry("print", "p{Print}"),
            Map.entry("punct", "p{Punct}"),
            Map.entry("space", "p{Space}"),
            Map.entry("upper", "p{Upper}"),
            Map.entry("word", "w"),
            Map.entry("xdigit", "p{XDigit}"));

    private final String in;
    private final StringBuilder out;
    private int at;
    private boolean quoting;

    /** {@code at} is behind the opening bracket. */
    PcreClass(String in, int at, StringBuilder out) {
        this.in = in;
        this.at = at;
        this.out = out;
    }

    /** Where the pattern goes on. */
    int read() throws BadPattern {
        out.append('[');
        if (in.startsWith("^", at)) {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            PcreEscape item = item(first);
            if (item == null) {
                out.append(']');
                return at;
            }
            first = false;
            range(item);
        }
    }

    private void range(PcreEscape from) throws BadPattern {
        boolean dash = !quoting && in.startsWith("-", at) && at + 1 < in.length() && in.charAt(at + 1) != ']';
        if (from.character() < 0 || !dash) {
            out.append(from.java());
            return;
        }
        at++;
        PcreEscape to = item(true);
        if (to == null || to.character() < 0) {
            out.append(from.java()).append("\\-").append(to == null ? "" : to.java());
        } else if (to.character() < from.character()) {
            throw BadPattern.wrong("range out of order in character class");
        } else {
            out.append(from.java()).append('-').append(to.java());
        }
    }

    /** The next member; null for the closing bracket, which is a member where it stands first. */
    private @Nullable PcreEscape item(boolean first) throws BadPattern {
        skipQuotes();
        if (at == in.length()) {
            throw BadPattern.wrong("missing terminating ] for character class");
        }
        char c = in.charAt(at);
        if (quoting) {
            return literal(c);
        }
        if (c == ']' && !first) {
            at++;
            return null;
        }
        if (c == '\\') {
            return escape();
        }
        return c == '[' && isPosix() ? posix() : literal(c);
    }

    private void skipQuotes() {
        while (in.startsWith("\\E", at) || (!quoting && in.startsWith("\\Q", at))) {
            quoting = !quoting && in.startsWith("\\Q", at);
            at += 2;
        }
    }

    private PcreEscape literal(char c) {
        at++;
        return new PcreEscape(PcreEscape.literal(c), c, at);
    }

    private PcreEscape escape() throws BadPattern {
        if (at + 1 == in.length()) {
            throw BadPattern.wrong("\\ at end of pattern");
        }
        char c = in.charAt(at + 1);
        if (c == 'b') {
            at += 2;
            return new PcreEscape("\\x08", 8, at);
        }
        if ("dDwWsShHvV".indexOf(c) >= 0) {
            at += 2;
            return new PcreEscape("\\" + c, -1, at);
        }
        PcreEscape escape = c >= '0' && c <= '7' ? PcreEscape.octal(in, at + 1) : PcreEscape.read(in, at + 1);
        at = escape.end();
        return escape;
    }

    private boolean isPosix() {
        char kind = at + 1 < in.length() ? in.charAt(at + 1) : 0;
        return (kind == ':' || kind == '.' || kind == '=') && in.indexOf(kind + "]", at + 2) > 0;
    }

    private PcreEscape posix() throws BadPattern {
        char kind = in.charAt(at + 1);
        int end = in.indexOf(kind + "]", at + 2);
        String name = in.substring(at + 2, end);
        if (kind != ':') {
            throw BadPattern.wrong("POSIX collating elements are not supported");
        }
        boolean negated = name.startsWith("^");
        String java = POSIX.get(negated ? name.substring(1) : name);
        if (java == null) {
            throw BadPattern.wrong("unknown POSIX class name");
        }
        at = end + 2;
        return new PcreEscape(escaped(java, negated), -1, at);
    }

    private static String escaped(String java, boolean negated) {
        char kind = negated ? Character.toUpperCase(java.charAt(0)) : java.charAt(0);
        return "\\" + kind + java.substring(1);
    }
}
