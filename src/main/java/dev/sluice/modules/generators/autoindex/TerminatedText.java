package dev.sluice.modules.generators.autoindex;

/** HTML cut to a number of chars; tags count as none, entities as one (terminate_description, mod_autoindex.c). */
final class TerminatedText {
    private TerminatedText() {}

    static String of(String html, int most) {
        int left = most;
        int at = 0;
        while (at < html.length() && (left > 0 || html.charAt(at) == '<')) {
            char end =
                    switch (html.charAt(at)) {
                        case '<' -> '>';
                        case '&' -> ';';
                        default -> 0;
                    };
            if (end != '>') {
                left--;
            }
            if (end != 0) {
                int close = html.indexOf(end, at);
                if (close < 0) {
                    return html;
                }
                at = close;
            }
            at++;
        }
        return left == 0 && at < html.length() && at > 0 ? html.substring(0, at - 1) + ">" : html;
    }
}
