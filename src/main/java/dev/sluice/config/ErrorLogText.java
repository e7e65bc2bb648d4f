package dev.sluice.config;

/** Text as httpd writes it to an error log. */
public final class ErrorLogText {
    /** What a message is cut to, in bytes: MAX_STRING_LEN without the NUL. */
    private static final int LIMIT = 8191;

    private static final String HEX = "0123456789abcdef";

    private ErrorLogText() {}

    /**
     * {@code text}, of one char a byte, cut and escaped: a backslash is doubled, other control and non-ASCII bytes become
     * {@code \n}, {@code \t} or {@code \xNN}; quotes stay (ap_escape_errorlog_item, server/util.c).
     */
    public static String escape(String text) {
        int end = Math.min(text.length(), LIMIT);
        StringBuilder escaped = new StringBuilder(end + 16);
        for (int i = 0; i < end; i++) {
            append(text.charAt(i), escaped);
        }
        return escaped.toString();
    }

    private static void append(char c, StringBuilder escaped) {
        switch (c) {
            case '\\' -> escaped.append("\\\\");
            case '\b' -> escaped.append("\\b");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case 0x0b -> escaped.append("\\v");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    escaped.append(c);
                } else {
                    escaped.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                }
            }
        }
    }
}
