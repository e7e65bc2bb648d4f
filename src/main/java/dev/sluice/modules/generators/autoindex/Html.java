package dev.sluice.modules.generators.autoindex;

/** Text in HTML. */
public final class Html {
    private Html() {}

    /** As ap_escape_html writes it. */
    public static String escaped(String text) {
        StringBuilder html = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String entity =
                    switch (c) {
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '&' -> "&amp;";
                        case '"' -> "&quot;";
                        default -> null;
                    };
            if (entity != null && html == null) {
                html = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (html != null) {
                if (entity != null) {
                    html.append(entity);
                } else {
                    html.append(c);
                }
            }
        }
        return html == null ? text : html.toString();
    }
}
