package dev.sluice.modules.core;

/** Text as HTML has it. */
public final class HtmlText {
    private HtmlText() {}

    /** {@code text} without a character that HTML reads otherwise (ap_escape_html). */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
