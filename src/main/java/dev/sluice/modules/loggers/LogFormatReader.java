package dev.sluice.modules.loggers;

import dev.sluice.directive.BadArgument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the text of a log format (parse_log_string, mod_log_config.c). */
final class LogFormatReader {
    /** The letters that look at the request that came, unless told otherwise. */
    private static final String ABOUT_THE_ORIGINAL = "rsUTDR";

    private final String text;
    private final LogLetters letters;
    private int at;

    LogFormatReader(String text, LogLetters letters) {
        this.text = text;
        this.letters = letters;
    }

    List<LogFormat.Part> read() throws BadArgument {
        List<LogFormat.Part> parts = new ArrayList<>();
        while (at < text.length()) {
            parts.add(text.charAt(at) == '%' ? item() : LogFormat.Part.literal(literal()));
        }
        return parts;
    }

    /** Up to the next percent sign, with backslash and n, r, t, backslash replaced; any other backslash stands. */
    private String literal() {
        StringBuilder literal = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '%') {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                literal.append(c);
                continue;
            }
            int known = "rnt\\".indexOf(text.charAt(at));
            literal.append(known < 0 ? '\\' : "\r\n\t\\".charAt(known));
            at += known < 0 ? 0 : 1;
        }
        return literal.toString();
    }

    private LogFormat.Part item() throws BadArgument {
        at++;
        if (at < text.length() && text.charAt(at) == '%') {
            at++;
            return LogFormat.Part.literal("%");
        }
        String argument = "";
        BitSet statuses = new BitSet();
        boolean except = false;
        char about = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                statuses.set(number());
                continue;
            }
            switch (c) {
                case '!' -> except = !except;
                case '<', '>' -> about = c;
                case ',' -> {}
                case '{' -> argument = braced();
                default -> {
                    String letter = letter();
                    LogItem item = letters.item(letter, argument);
                    boolean original = about == 0 ? ABOUT_THE_ORIGINAL.contains(letter) : about == '<';
                    return new LogFormat.Part(item, original, statuses, except);
                }
            }
            at++;
        }
        throw new BadArgument("Ran off end of LogFormat parsing args to some directive");
    }

    private int number() {
        int value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(9999, value * 10 + text.charAt(at++) - '0');
        }
        return value;
    }

    /** Leaves {@code at} on the closing brace, or on the last character where there is none. */
    private String braced() {
        int end = text.indexOf('}', at);
        String argument = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end;
        return argument;
    }

    private String letter() throws BadArgument {
        int length = text.charAt(at) == '^' && at + 3 <= text.length() ? 3 : 1;
        String letter = text.substring(at, at + length);
        if (!letters.knows(letter)) {
            throw new BadArgument("Unrecognized LogFormat directive %" + letter.charAt(0));
        }
        at += length;
        return letter;
    }
}
