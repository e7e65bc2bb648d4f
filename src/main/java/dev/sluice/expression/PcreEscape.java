package dev.sluice.expression;

/**
 * A backslash and what follows it, where it stands for a character or a class, inside brackets and out.
 *
 * @param java for java.util.regex
 * @param character the one character it stands for; -1 for a class
 * @param end where the pattern goes on
 */
record PcreEscape(String java, int character, int end) {
    /** {@code at} is behind the backslash. */
    static PcreEscape read(String in, int at) throws BadPattern {
        char c = in.charAt(at);
        return switch (c) {
            case 'a' -> one(7, at + 1);
            case 'e' -> one(27, at + 1);
            case 'f' -> one('\f', at + 1);
            case 'n' -> one('\n', at + 1);
            case 'r' -> one('\r', at + 1);
            case 't' -> one('\t', at + 1);
            case 'c' -> control(in, at + 1);
            case 'x' -> hexadecimal(in, at + 1);
            case 'o' -> braced(in, at + 1, 8);
            case 'p', 'P' -> property(in, at);
            case '0' -> octal(in, at);
            default -> {
                if (isLetterOrDigit(c)) {
                    throw c == 'K' || c == 'C'
                            ? BadPattern.unsupported("\\" + c)
                            : BadPattern.wrong("unrecognized character follows \\");
                }
                yield one(c, at + 1);
            }
        };
    }

    /** Up to three octal digits. */
    static PcreEscape octal(String in, int at) throws BadPattern {
        int i = at;
        int value = 0;
        while (i < in.length() && i < at + 3 && in.charAt(i) >= '0' && in.charAt(i) <= '7') {
            value = value * 8 + in.charAt(i++) - '0';
        }
        if (i == at || value > 255) {
            throw BadPattern.wrong("reference to non-existent subpattern");
        }
        return one(value, i);
    }

    private static PcreEscape control(String in, int at) throws BadPattern {
        if (at == in.length()) {
            throw BadPattern.wrong("\\c at end of pattern");
        }
        return one(Character.toUpperCase(in.charAt(at)) ^ 64, at + 1);
    }

    private static PcreEscape hexadecimal(String in, int at) throws BadPattern {
        if (in.startsWith("{", at)) {
            return braced(in, at, 16);
        }
        int i = at;
        int value = 0;
        while (i < in.length() && i < at + 2 && Character.digit(in.charAt(i), 16) >= 0) {
            value = value * 16 + Character.digit(in.charAt(i++), 16);
        }
        return one(value, i);
    }

    private static PcreEscape braced(String in, int at, int radix) throws BadPattern {
        int end = in.indexOf('}', at);
        if (!in.startsWith("{", at) || end < 0) {
            throw BadPattern.wrong("missing braces after \\x or \\o");
        }
        try {
            int value = Integer.parseInt(in.substring(at + 1, end), radix);
            if (value < 0 || value > 255) {
                throw BadPattern.wrong("character code point value in \\x{} or \\o{} is too large");
            }
            return one(value, end + 1);
        } catch (NumberFormatException e) {
            throw BadPattern.wrong("a number was expected after \\x{ or \\o{");
        }
    }

    private static PcreEscape property(String in, int at) throws BadPattern {
        boolean braces = in.startsWith("{", at + 1);
        int end = braces ? in.indexOf('}', at) : at + 1;
        if (end < 0 || end >= in.length()) {
            throw BadPattern.wrong("malformed \\P or \\p sequence");
        }
        String name = braces ? in.substring(at + 2, end) : in.substring(end, end + 1);
        boolean negated = (in.charAt(at) == 'P') != name.startsWith("^");
        String plain = name.startsWith("^") ? name.substring(1) : name;
        String java = plain.length() > 2 ? "Is" + plain : plain;
        return new PcreEscape((negated ? "\\P{" : "\\p{") + java + "}", -1, end + 1);
    }

    private static PcreEscape one(int character, int end) {
        return new PcreEscape(literal((char) character), character, end);
    }

    /** {@code c} as itself, wherever it stands. */
    static String literal(char c) {
        if (isLetterOrDigit(c) || c >= 0xA0) {
            return String.valueOf(c);
        }
        if (c > ' ' && c < 0x7F) {
            return "\\" + c;
        }
        return String.format("\\x%02x", (int) c);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
