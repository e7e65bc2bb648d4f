package dev.sluice.lint.report;

import dev.sluice.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of maps, lists, texts, numbers and truths. Texts come as bytes, one a char, and are read as UTF-8. */
public final class Json {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** Keys and values in turn, which stay in that order. */
    public static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    /** {@code value} in ASCII, indented by two blanks a level. */
    public static String of(Object value) {
        Json json = new Json();
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int level) {
        if (value instanceof Map<?, ?> map) {
            begin('{');
            String comma = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(comma);
                line(level + 1);
                text(String.valueOf(entry.getKey()));
                out.append(": ");
                write(entry.getValue(), level + 1);
                comma = ",";
            }
            end('}', map.isEmpty(), level);
        } else if (value instanceof List<?> list) {
            begin('[');
            String comma = "";
            for (Object each : list) {
                out.append(comma);
                line(level + 1);
                write(each, level + 1);
                comma = ",";
            }
            end(']', list.isEmpty(), level);
        } else if (value instanceof String text) {
            text(SourceFile.utf8(text));
        } else {
            out.append(value);
        }
    }

    private void begin(char bracket) {
        out.append(bracket);
    }

    private void end(char bracket, boolean empty, int level) {
        if (!empty) {
            line(level);
        }
        out.append(bracket);
    }

    private void line(int level) {
        out.append('\n').append("  ".repeat(level));
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> plain(c);
            }
        }
        out.append('"');
    }

    private void plain(char c) {
        if (c >= ' ' && c < 0x7F) {
            out.append(c);
            return;
        }
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
