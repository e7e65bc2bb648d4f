package dev.sluice.expression;

import java.util.regex.Matcher;

/** Where a pattern and its groups matched in a subject. */
public final class Captures {
    /** No match: every group is empty. */
    public static final Captures NONE = new Captures();

    private final String subject;
    private final int[] bounds;

    private Captures() {
        subject = "";
        bounds = new int[0];
    }

    Captures(String subject, Matcher matched) {
        this.subject = subject;
        this.bounds = new int[2 * (matched.groupCount() + 1)];
        for (int i = 0; i <= matched.groupCount(); i++) {
            bounds[2 * i] = matched.start(i);
            bounds[2 * i + 1] = matched.end(i);
        }
    }

    /** Where the whole match begins. */
    public int start() {
        return bounds[0];
    }

    /** Where the whole match ends. */
    public int end() {
        return bounds[1];
    }

    /** Groups, the whole match not counted. */
    public int count() {
        return bounds.length / 2 - 1;
    }

    /** True where a group took part in the match. */
    public boolean has(int number) {
        return number <= count() && bounds[2 * number] >= 0;
    }

    /** The text of a group, 0 for the whole match; empty where it took no part or is not there. */
    public String group(int number) {
        return number <= count() && bounds[2 * number] >= 0
                ? subject.substring(bounds[2 * number], bounds[2 * number + 1])
                : "";
    }

    /**
     * {@code template} with {@code $0} to {@code $9} replaced by groups; a backslash makes the next character literal, any
     * other dollar stands for itself (ap_pregsub, server/util.c).
     */
    public String expand(String template) {
        if (template.indexOf('$') < 0 && template.indexOf('\\') < 0) {
            return template;
        }
        StringBuilder text = new StringBuilder(template.length() + 32);
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            char next = i + 1 < template.length() ? template.charAt(i + 1) : 0;
            if (c == '$' && next >= '0' && next <= '9') {
                append(text, next - '0');
                i++;
            } else if (c == '\\' && i + 1 < template.length()) {
                text.append(next);
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, int number) {
        if (number <= count() && bounds[2 * number] >= 0) {
            text.append(subject, bounds[2 * number], bounds[2 * number + 1]);
        }
    }
}
