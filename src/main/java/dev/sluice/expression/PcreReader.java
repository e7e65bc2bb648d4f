package dev.sluice.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns a PCRE pattern into one for java.util.regex that matches the same.
 *
 * <p>What differs: POSIX classes, brackets inside classes, {@code $}, a brace that opens no quantifier, names with
 * underscores, the spellings of references, comments. What Java cannot do (recursion, {@code \K}, conditions, branch
 * reset, verbs) is refused. Groups with names become plain ones; the names are kept beside.
 */
final class PcreReader {
    /** Java's own {@code \b} takes letters beyond ASCII for parts of words before release 19. */
    private static final String WORD_EDGE = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";

    private static final String NO_WORD_EDGE = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";

    private final String in;
    private final StringBuilder out = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;
    private int highestReference;
    private boolean multiline;
    private boolean extended;

    PcreReader(String in) {
        this.in = in;
    }

    List<String> names() {
        return Collections.unmodifiableList(names);
    }

    String read() throws BadPattern {
        multiline = in.matches("(?s).*\\(\\?\\^?[a-z]*m.*");
        while (at < in.length()) {
            item();
        }
        if (highestReference > names.size()) {
            throw BadPattern.wrong("reference to non-existent subpattern");
        }
        return out.toString();
    }

    private void item() throws BadPattern {
        char c = in.charAt(at++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> at = new PcreClass(in, at, out).read();
            case '(' -> group();
            case '$' -> out.append(multiline ? "$" : "\\z");
            case '{' -> brace();
            case '}', ']' -> out.append('\\').append(c);
            case '#' -> hash();
            default -> out.append(c);
        }
    }

    private void hash() {
        if (!extended) {
            out.append("\\#");
            return;
        }
        int end = in.indexOf('\n', at);
        at = end < 0 ? in.length() : end + 1;
    }

    /** A quantifier, or a literal brace where no quantifier can be read. */
    private void brace() throws BadPattern {
        int i = digits(at);
        if (i > at && i < in.length() && in.charAt(i) == ',') {
            i = digits(i + 1);
        }
        boolean quantifier = i > at && i < in.length() && in.charAt(i) == '}';
        if (quantifier) {
            checkSize(in.substring(at, i));
            out.append(in, at - 1, i + 1);
            at = i + 1;
        } else {
            out.append("\\{");
        }
    }

    /** {@code 2,10} and its kin: PCRE counts to 65535. */
    private static void checkSize(String bounds) throws BadPattern {
        for (String bound : bounds.split(",")) {
            if (bound.length() > 5 || (!bound.isEmpty() && Integer.parseInt(bound) > 65_535)) {
                throw BadPattern.wrong("number too big in {} quantifier");
            }
        }
    }

    private int digits(int from) {
        int i = from;
        while (i < in.length() && in.charAt(i) >= '0' && in.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private void group() throws BadPattern {
        if (in.startsWith("*", at)) {
            boolean verb = at + 1 < in.length() && Character.isLetter(in.charAt(at + 1));
            throw verb ? BadPattern.unsupported("(*") : BadPattern.wrong("(*VERB) not recognized or malformed");
        }
        if (!in.startsWith("?", at)) {
            open("");
            return;
        }
        String rest = in.substring(at, Math.min(in.length(), at + 4));
        if (rest.startsWith("?#")) {
            at = end(')', at) + 1;
        } else if (rest.startsWith("?P<")) {
            named(at + 3, '>');
        } else if (rest.startsWith("?<=") || rest.startsWith("?<!")) {
            copy(3);
        } else if (rest.startsWith("?<")) {
            named(at + 2, '>');
        } else if (rest.startsWith("?'")) {
            named(at + 2, '\'');
        } else if (rest.startsWith("?P=")) {
            int end = end(')', at);
            reference(number(in.substring(at + 3, end)));
            at = end + 1;
        } else if (rest.startsWith("?:") || rest.startsWith("?=") || rest.startsWith("?!") || rest.startsWith("?>")) {
            copy(2);
        } else {
            flags();
        }
    }

    private void copy(int length) {
        out.append('(').append(in, at, at + length);
        at += length;
    }

    private void open(String name) {
        names.add(name);
        out.append('(');
    }

    private void named(int from, char close) throws BadPattern {
        int end = end(close, from);
        String name = in.substring(from, end);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw BadPattern.wrong("subpattern name expected");
        }
        if (names.contains(name)) {
            throw BadPattern.wrong("two named subpatterns have the same name");
        }
        open(name);
        at = end + 1;
    }

    private void flags() throws BadPattern {
        int i = at + 1;
        while (i < in.length() && (Character.isLetter(in.charAt(i)) || in.charAt(i) == '-')) {
            i++;
        }
        String flags = in.substring(at + 1, i);
        boolean closes = i < in.length() && (in.charAt(i) == ')' || in.charAt(i) == ':');
        if (!closes || !flags.matches("[imsx]*(-[imsx]*)?")) {
            throw BadPattern.unsupported("(" + in.substring(at, Math.min(in.length(), i + 1)));
        }
        int minus = flags.indexOf('-');
        String on = minus < 0 ? flags : flags.substring(0, minus);
        extended |= on.indexOf('x') >= 0;
        out.append('(').append(in, at, i + 1);
        at = i + 1;
    }

    private int end(char close, int from) throws BadPattern {
        int end = in.indexOf(close, from);
        if (end < 0) {
            throw BadPattern.wrong("missing closing '" + close + "'");
        }
        return end;
    }

    private void escape() throws BadPattern {
        if (at == in.length()) {
            throw BadPattern.wrong("\\ at end of pattern");
        }
        char c = in.charAt(at);
        if (c == 'Q') {
            quoted();
        } else if (c == 'E') {
            at++;
        } else if (c == 'k' || c == 'g') {
            namedReference(c);
        } else if (c >= '1' && c <= '9') {
            numbered();
        } else if (c == 'N') {
            at++;
            out.append("[^\\n]");
        } else if (c == 'b' || c == 'B') {
            at++;
            out.append(c == 'b' ? WORD_EDGE : NO_WORD_EDGE);
        } else if ("dDwWsSAzZGhHvVRX".indexOf(c) >= 0) {
            out.append('\\').append(c);
            at++;
        } else {
            PcreEscape escape = PcreEscape.read(in, at);
            out.append(escape.java());
            at = escape.end();
        }
    }

    private void quoted() {
        int end = in.indexOf("\\E", at + 1);
        int stop = end < 0 ? in.length() : end;
        for (int i = at + 1; i < stop; i++) {
            out.append(PcreEscape.literal(in.charAt(i)));
        }
        at = end < 0 ? stop : end + 2;
    }

    /** A reference below 10 or to a group there already is; else a character in octal. */
    private void numbered() throws BadPattern {
        int end = digits(at);
        int number = Integer.parseInt(in.substring(at, Math.min(end, at + 6)));
        if (number < 10 || number <= names.size()) {
            at = end;
            reference(number);
            return;
        }
        PcreEscape octal = PcreEscape.octal(in, at);
        out.append(octal.java());
        at = octal.end();
    }

    private void namedReference(char kind) throws BadPattern {
        char open = at + 1 < in.length() ? in.charAt(at + 1) : 0;
        if (kind == 'g' && (open == '<' || open == '\'')) {
            throw BadPattern.unsupported("\\g" + open);
        }
        int from = at + 2;
        int end;
        if (open == '{' || open == '<' || open == '\'') {
            end = end(open == '{' ? '}' : open == '<' ? '>' : '\'', from);
            at = end + 1;
        } else {
            from = at + 1;
            end = digits(open == '-' ? from + 1 : from);
            at = end;
        }
        reference(number(in.substring(from, end)));
    }

    private int number(String name) throws BadPattern {
        int known = name.isEmpty() ? -1 : names.indexOf(name);
        if (known >= 0) {
            return known + 1;
        }
        if (!name.matches("-?[0-9]{1,5}")) {
            throw BadPattern.wrong("reference to non-existent subpattern");
        }
        int number = Integer.parseInt(name);
        return number < 0 ? names.size() + 1 + number : number;
    }

    private void reference(int number) throws BadPattern {
        if (number < 1) {
            throw BadPattern.wrong("reference to non-existent subpattern");
        }
        highestReference = Math.max(highestReference, number);
        out.append('\\').append(number).append("(?:)");
    }
}
