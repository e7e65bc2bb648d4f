package dev.sluice.modules.filters.ssi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Values of attributes and variables, as elements put them in and out. */
final class Values {
    private Values() {}

    /** {@code $name} and <code>${name}</code> replaced; a backslash before a dollar keeps it (ap_ssi_parse_string). */
    static String substituted(Page page, String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else if (c == '$') {
                at = variable(page, text, at, out);
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static int variable(Page page, String text, int dollar, StringBuilder out) {
        boolean braced = dollar + 1 < text.length() && text.charAt(dollar + 1) == '{';
        int start = dollar + (braced ? 2 : 1);
        int end = start;
        if (braced) {
            end = text.indexOf('}', start);
        } else {
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
        }
        if (end <= start) {
            out.append('$');
            return dollar + 1;
        }
        String value = page.variables.get(text.substring(start, end));
        out.append(value == null ? "" : value);
        return end + (braced ? 1 : 0);
    }

    /** Encodings between commas, one after the other. */
    static String encoded(String value, String encodings) {
        String text = value;
        for (String each : encodings.split(",")) {
            text = switch (each.strip()) {
                case "url" -> url(text, true);
                case "urlencoded" -> url(text, false);
                case "entity" -> entity(text);
                case "base64" ->
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
                default -> text;
            };
        }
        return text;
    }

    static String decoded(String value, String decodings) {
        String text = value;
        for (String each : decodings.split(",")) {
            text = switch (each.strip()) {
                case "url" -> unescaped(text, false);
                case "urlencoded" -> unescaped(text, true);
                case "entity" ->
                    text.replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&quot;", "\"")
                            .replace("&amp;", "&");
                case "base64" ->
                    new String(Base64.getMimeDecoder().decode(text), StandardCharsets.ISO_8859_1);
                default -> text;
            };
        }
        return text;
    }

    private static String entity(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** As a path is escaped ({@code %20}), or as a form's value is ({@code +}). */
    private static String url(String text, boolean path) {
        StringBuilder out = new StringBuilder();
        String kept = path ? "$-_.+!*'(),:@&=/~" : "-_.*";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (plain || kept.indexOf(c) >= 0) {
                out.append(c);
            } else if (!path && c == ' ') {
                out.append('+');
            } else {
                out.append('%').append(Character.forDigit((c >> 4) & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }

    private static String unescaped(String text, boolean form) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' && i + 2 < text.length() ? number(text.substring(i + 1, i + 3)) : -1;
            if (value >= 0) {
                out.append((char) value);
                i += 2;
            } else {
                out.append(form && c == '+' ? ' ' : c);
            }
        }
        return out.toString();
    }

    private static int number(String hex) {
        int high = Character.digit(hex.charAt(0), 16);
        int low = Character.digit(hex.charAt(1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** Grouped digits, or at most four characters and a letter (apr_strfsize). */
    static String size(long bytes, boolean inBytes) {
        if (inBytes) {
            return String.format(Locale.ROOT, "%,d", bytes);
        }
        if (bytes < 973) {
            return String.format("%3d ", bytes);
        }
        long size = bytes;
        for (char unit : "KMGTPE".toCharArray()) {
            long rest = size & 1023;
            size >>= 10;
            if (size >= 973) {
                continue;
            }
            if (size < 9 || (size == 9 && rest < 973)) {
                long tenth = (rest * 5 + 256) / 512;
                long whole = tenth >= 10 ? size + 1 : size;
                return whole + "." + (tenth >= 10 ? 0 : tenth) + unit;
            }
            return String.format("%3d%c", rest >= 512 ? size + 1 : size, unit);
        }
        return "****";
    }
}
