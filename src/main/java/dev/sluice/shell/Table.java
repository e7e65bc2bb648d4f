package dev.sluice.shell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * Rows of words under headings. Texts are characters, not bytes.
 *
 * @param headings in lower case; keys in JSON
 */
record Table(List<String> headings, List<List<String>> rows) {
    private static final String GAP = "  ";
    private static final int LEAST = 6;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    Table(List<String> headings) {
        this(headings, new ArrayList<>());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A list of objects, one a row, for {@link dev.sluice.lint.report.Json}: texts as bytes held one a char. */
    List<Map<String, Object>> objects() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < headings.size(); i++) {
                object.put(headings.get(i).replace(' ', '_'), value(row.get(i)));
            }
            all.add(object);
        }
        return all;
    }

    private static Object value(String cell) {
        return NUMBER.matcher(cell).matches() ? Long.valueOf(cell) : bytes(cell);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * Its lines. Where they would be wider than {@code width}, the widest columns are narrowed and their cells go on in
     * further lines; 0 is any width.
     */
    List<String> lines(int width) {
        int[] widths = widths();
        if (width > 0) {
            narrow(widths, width - GAP.length() * (widths.length - 1));
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(line(headings.stream().map(String::toUpperCase).toList(), widths));
        rows.forEach(row -> lines.addAll(line(row, widths)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(headings.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private static void narrow(int[] widths, int room) {
        while (sum(widths) > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                if (widths[i] > widths[widest]) {
                    widest = i;
                }
            }
            if (widths[widest] <= LEAST) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int sum(int[] numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    private static List<String> line(List<String> cells, int[] widths) {
        List<List<String>> parts = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            List<String> wrapped = wrapped(cells.get(i), widths[i]);
            parts.add(wrapped);
            height = Math.max(height, wrapped.size());
        }
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < height; at++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String part = at < parts.get(i).size() ? parts.get(i).get(at) : "";
                line.append(i == 0 ? "" : GAP).append(part).append(" ".repeat(widths[i] - width(part)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Breaks at blanks, and behind slashes and commas; anywhere where a part is too long without one. */
    private static List<String> wrapped(String text, int width) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (width(rest) > width) {
            int fits = fits(rest, width);
            int at = Math.max(
                    rest.lastIndexOf(' ', fits),
                    Math.max(rest.lastIndexOf('/', fits - 1), rest.lastIndexOf(',', fits - 1)) + 1);
            int end = at > width / 2 ? at : fits;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    /** How many chars of {@code text} fit into {@code width} columns; at least one character. */
    private static int fits(String text, int width) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            used += Math.max(0, WCWidth.wcwidth(point));
            if (used > width) {
                return at == 0 ? Character.charCount(point) : at;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }
}
