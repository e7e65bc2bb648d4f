package dev.sluice.modules.session;

import dev.sluice.modules.core.Session;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** A session as text: pairs as in a form, {@code user=joe&expiry=1700000000000000}. */
final class SessionText {
    private static final String EXPIRY = "expiry";
    private static final String HEX = "0123456789abcdef";

    private SessionText() {}

    /** session_identity_encode of mod_session.c. */
    static String encode(Session session) {
        if (session.expiry() != 0) {
            session.put(EXPIRY, Long.toString(session.expiry()));
        }
        StringBuilder text = new StringBuilder();
        for (Session.Pair pair : session.pairs()) {
            if (text.length() > 0) {
                text.append('&');
            }
            escape(text, pair.name());
            text.append('=');
            escape(text, pair.value());
        }
        return text.toString();
    }

    /** session_identity_decode of mod_session.c: what {@code text} says is changed in {@code session}. */
    static void decode(String text, Session session) {
        StringTokenizer pairs = new StringTokenizer(text, "&");
        while (pairs.hasMoreTokens()) {
            StringTokenizer pair = new StringTokenizer(pairs.nextToken(), "=");
            if (!pair.hasMoreTokens()) {
                continue;
            }
            String key = pair.nextToken();
            if (!pair.hasMoreTokens()) {
                session.put(key, null);
                continue;
            }
            String name = unescaped(key);
            String value = unescaped(pair.nextToken());
            if (name == null || value == null) {
                continue;
            }
            if (name.equals(EXPIRY)) {
                session.expiry(number(value));
            } else {
                session.put(name, value);
            }
        }
    }

    private static void escape(StringBuilder text, String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if ((c < 128 && Character.isLetterOrDigit(c)) || c == '.' || c == '-' || c == '*' || c == '_') {
                text.append(c);
            } else if (c == ' ') {
                text.append('+');
            } else {
                text.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            }
        }
    }

    /** Null for an escape that is none, or one of a NUL or a slash (ap_unescape_urlencoded). */
    private static @Nullable String unescaped(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                plain.append(c == '+' ? ' ' : c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                return null;
            }
            plain.append((char) (high << 4 | low));
            i += 2;
        }
        return plain.toString();
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
