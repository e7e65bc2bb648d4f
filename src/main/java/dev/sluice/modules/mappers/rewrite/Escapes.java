package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.UrlPath;
import org.jspecify.annotations.Nullable;

/** Percent escapes of groups, paths and whole URLs, bytes held one a char. */
final class Escapes {
    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    /** A group as B, BCTLS, BNE and BNP want it (escape_backref, mod_rewrite.c). */
    static String group(String text, RuleFlags flags, Trace trace) {
        boolean plus = !flags.has(RuleFlags.Is.NO_PLUS);
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!needsEscape(c, flags)) {
                out.append(c);
            } else if (c == ' ' && plus) {
                out.append('+');
            } else {
                out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            }
        }
        String escaped = out.toString();
        if (trace.keeps(5)) {
            trace.log(5, "escaping backreference '" + text + "' to '" + escaped + "'");
        }
        return escaped;
    }

    private static boolean needsEscape(char c, RuleFlags flags) {
        if (flags.exempt().indexOf(c) >= 0) {
            return false;
        }
        if (flags.has(RuleFlags.Is.ESCAPES_CONTROLS)) {
            return isControl(c) || c == ' ';
        }
        String only = flags.escaped();
        return only == null ? !isWordCharacter(c) : only.indexOf(c) >= 0;
    }

    private static boolean isControl(char c) {
        return c < 0x20 || c == 0x7f;
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** True where a query must not be sent on as it is (ap_scan_vchar_obstext). */
    static boolean hasControlOrSpace(@Nullable String query) {
        if (query == null) {
            return false;
        }
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (isControl(c) || c == ' ') {
                return true;
            }
        }
        return false;
    }

    /** The path of a URL escaped; of LDAP's the parts between question marks (escape_absolute_uri, mod_rewrite.c). */
    static String url(String url, int scheme) {
        if (url.charAt(scheme - 1) != '/') {
            return url.substring(0, scheme) + UrlPath.escaped(url.substring(scheme));
        }
        int slash = url.indexOf('/', scheme);
        if (slash < 0 || slash + 1 == url.length()) {
            return url;
        }
        String authority = url.substring(0, slash + 1);
        String path = url.substring(slash + 1);
        if (!url.regionMatches(true, 0, "ldap", 0, 4)) {
            return authority + UrlPath.escaped(path);
        }
        StringBuilder out = new StringBuilder(authority);
        for (String part : path.split("\\?", 5)) {
            out.append(out.length() == authority.length() ? "" : "?").append(UrlPath.escaped(part));
        }
        return out.toString();
    }

    /** Percent escapes decoded; one that is none stands for itself (ap_unescape_url). */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
