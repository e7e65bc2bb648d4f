package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import java.util.ArrayList;
import java.util.List;

/** The format of the error log's lines (parse_errorlog_string, server/core.c; do_errorlog_format, server/log.c). */
public final class ErrorLogFormat {
    private static final String LETTERS = "aAeEFiklLmMnPtTvV";
    private static final char TEXT = 0;

    /**
     * A part of the format.
     *
     * @param letter of a value; 0 for a text
     * @param text the text itself, or what stands in braces
     * @param startsField where a value of the field is missing, all of the field is left out
     * @param hyphen whether {@code -} stands for what is missing
     * @param level the least level number, 0 being emerg, that has it
     */
    private record Item(char letter, String text, boolean startsField, boolean hyphen, int level) {}

    /** Gives values. */
    public interface Values {
        /** The value of a letter, with what stands in its braces; empty where there is none. */
        String of(char letter, String argument);
    }

    private final List<Item> items;

    private ErrorLogFormat(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** A format for every line, or for one a request or a connection, which has no message. */
    public static ErrorLogFormat read(String text, boolean isMain) throws BadArgument {
        Parser parser = new Parser(text, isMain);
        List<Item> items = new ArrayList<>();
        while (!parser.isAtEnd()) {
            items.add(parser.item());
        }
        if (isMain && items.stream().noneMatch(item -> item.letter == 'M')) {
            throw new BadArgument("main ErrorLogFormat must contain message format string '%M'");
        }
        return new ErrorLogFormat(items);
    }

    /** The line of {@code values} at a level's number. */
    public String line(int level, Values values) {
        StringBuilder line = new StringBuilder(160);
        int field = 0;
        boolean skips = false;
        for (Item item : items) {
            if (item.startsField) {
                field = line.length();
                skips = false;
            }
            if (item.letter == TEXT) {
                line.append(skips ? "" : item.text);
            } else if (!skips) {
                String value = level < item.level ? "" : values.of(item.letter, item.text);
                if (!value.isEmpty() || item.letter == 'M') {
                    line.append(value);
                } else if (item.hyphen) {
                    line.append('-');
                } else {
                    line.setLength(field);
                    skips = true;
                }
            }
        }
        return line.toString();
    }

    private static final class Parser {
        private final String text;
        private final boolean isMain;
        private int at;

        Parser(String text, boolean isMain) {
            this.text = text;
            this.isMain = isMain;
        }

        boolean isAtEnd() {
            return at >= text.length();
        }

        Item item() throws BadArgument {
            if (text.startsWith("% ", at)) {
                at += 2;
                return new Item(TEXT, "", true, false, 0);
            }
            if (text.startsWith("%%", at)) {
                at += 2;
                return new Item(TEXT, "%", false, false, 0);
            }
            return text.charAt(at) == '%' ? value() : words();
        }

        private Item words() {
            boolean startsField = text.charAt(at) == ' ';
            StringBuilder words = new StringBuilder();
            do {
                char c = text.charAt(at++);
                words.append(c == '\\' && at < text.length() ? escaped(text.charAt(at++)) : c);
            } while (!isAtEnd() && text.charAt(at) != '%' && text.charAt(at) != ' ');
            return new Item(TEXT, words.toString(), startsField, false, 0);
        }

        private static char escaped(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> c;
            };
        }

        private Item value() throws BadArgument {
            at++;
            String argument = "";
            boolean hyphen = false;
            int level = 0;
            while (!isAtEnd()) {
                char c = text.charAt(at++);
                if (c == '{') {
                    int end = text.indexOf('}', at);
                    argument = text.substring(at, end < 0 ? text.length() : end);
                    at = end < 0 ? text.length() : end + 1;
                } else if (c == '+' && isMain) {
                    throw new BadArgument("The '+' flag cannot be used in the main error log format");
                } else if (c == '-' || c == '+') {
                    hyphen = c == '-';
                } else if (Character.isDigit(c)) {
                    level = c - '0';
                } else if (c == 'M' && !isMain) {
                    throw new BadArgument("%M cannot be used in once-per-request or once-per-connection formats");
                } else if (LETTERS.indexOf(c) < 0) {
                    throw new BadArgument("Unrecognized error log format directive %" + c);
                } else {
                    return new Item(c, argument, false, hyphen, level);
                }
            }
            throw new BadArgument("Ran off end of error log format parsing args to some directive");
        }
    }
}
