package dev.sluice.wire.http1;

import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request line apart as httpd does under {@code HttpProtocolOptions Strict LenientMethods Allow0.9}
 * (ap_parse_request_line). What was understood before a flaw was found stays readable.
 */
final class RequestLine {
    private static final HttpString NONE = new HttpString("-");

    HttpString method = NONE;
    /** As it came. */
    String target = "";
    /** The path and query of {@link #target}. */
    String path = "";
    /** Host and port out of the target; empty where it has none. */
    String authority = "";

    HttpString protocol = Protocols.HTTP_1_0;
    /** Three words of a line whose last is no version that is known, one space between them; null for a usual one. */
    @Nullable
    String unusual;

    /** A well-formed version that is not known, as it came; null otherwise. */
    @Nullable
    String version;

    private boolean split;

    private String scheme = "";

    void start() {
        method = NONE;
        target = "";
        path = "";
        authority = "";
        scheme = "";
        protocol = Protocols.HTTP_1_0;
        unusual = null;
        version = null;
        split = false;
    }

    /** Whether the words are known: a line that has a flaw is told by them. */
    boolean isSplit() {
        return split;
    }

    /** The scheme of an absolute target in small letters; empty where it has none. */
    String scheme() {
        return scheme;
    }

    void parse(HeaderCache cache, byte[] octets, int start, int end) throws Refused {
        int methodStart = skipSpace(octets, start, end);
        int methodEnd = skipWord(octets, methodStart, end);
        int targetStart = skipSpace(octets, methodEnd, end);
        int targetEnd = skipWord(octets, targetStart, end);
        int protocolStart = skipSpace(octets, targetEnd, end);
        int protocolEnd = skipWord(octets, protocolStart, end);
        boolean token = Octets.isToken(octets, methodStart, methodEnd);
        if (methodEnd > methodStart) {
            method = token
                    ? method(cache, octets, methodStart, methodEnd)
                    : new HttpString(text(octets, methodStart, methodEnd));
        }
        target = cache.value(octets, targetStart, targetEnd);
        path = target.isEmpty() ? "/" : target;
        boolean versioned = protocolEnd > protocolStart;
        boolean known = versioned && isVersion(octets, protocolStart, protocolEnd);
        if (known) {
            boolean ten = octets[protocolStart + 5] == '1' && octets[protocolStart + 7] == '0';
            protocol = ten ? Protocols.HTTP_1_0 : Protocols.HTTP_1_1;
        }
        if (!known || octets[protocolStart + 5] != '1' || octets[protocolStart + 7] > '1') {
            String last = text(octets, protocolStart, protocolEnd);
            version = known ? last : null;
            unusual = (method + " " + target + " " + last).strip();
        }
        split = true;
        if (!Octets.isTarget(octets, targetStart, targetEnd)) {
            throw flaw("AH03454: HTTP Request Line; URI incorrectly encoded: '" + target + "'");
        }
        if (!token) {
            throw flaw("AH03445: HTTP Request Line; Invalid method token: '" + method + "'");
        }
        spaces(octets, start, methodStart, methodEnd, targetStart);
        spaces(octets, targetEnd, targetEnd, targetEnd, protocolStart);
        if (protocolEnd < end) {
            throw flaw(EXCESS);
        }
        if (!versioned) {
            oldest();
        } else if (!known) {
            throw flaw("AH02418: HTTP Request Line; Unrecognized protocol '" + text(octets, protocolStart, protocolEnd)
                    + "' (perhaps whitespace was injected?)");
        }
        target();
    }

    private static final String EXCESS =
            "AH03448: HTTP Request Line; Excess whitespace (disallowed by HttpProtocolOptions Strict)";

    private static HttpString method(HeaderCache cache, byte[] octets, int start, int end) {
        return octets[start] == 'G' && end - start == 3 && octets[start + 1] == 'E' && octets[start + 2] == 'T'
                ? Methods.GET
                : Methods.fromString(cache.name(octets, start, end).toString());
    }

    private void oldest() throws Refused {
        if (!method.equals(Methods.GET)) {
            throw flaw("AH03444: HTTP Request Line; Invalid method token: '" + method
                    + "' (only GET is allowed for HTTP/0.9 requests)");
        }
        protocol = Protocols.HTTP_0_9;
    }

    /** What separates the words must be one space; nothing stands before the first. */
    private static void spaces(byte[] octets, int lead, int first, int from, int to) throws Refused {
        for (int i = from; i < to; i++) {
            if (octets[i] != ' ' && to - from == 1) {
                throw flaw("AH03447: HTTP Request Line; Invalid whitespace");
            }
        }
        if (to - from > 1) {
            throw flaw(EXCESS);
        }
        if (first > lead) {
            throw flaw("AH03447: HTTP Request Line; Invalid whitespace");
        }
    }

    private void target() throws Refused {
        if (method.equals(Methods.CONNECT)) {
            connect();
            return;
        }
        char first = target.charAt(0);
        if (first == '*') {
            if (!target.equals("*") || !method.equals(Methods.OPTIONS)) {
                throw unparsable(target);
            }
        } else if (first != '/' && first != '?') {
            absolute();
        }
        if (target.indexOf('#') >= 0) {
            throw flaw("AH02421: HTTP Request Line; URI must not contain a fragment");
        }
    }

    private void connect() throws Refused {
        int colon = target.lastIndexOf(':');
        if (colon <= 0
                || colon + 1 == target.length()
                || target.charAt(0) == '/'
                || !isDigits(target, colon + 1, target.length())) {
            throw unparsable(target);
        }
        authority = target;
    }

    private void absolute() throws Refused {
        int colon = schemeEnd();
        if (colon < 0) {
            throw unparsable(target);
        }
        scheme = target.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
        int from = colon + 1;
        if (target.startsWith("//", from)) {
            int end = authorityEnd(from + 2);
            authority(from + 2, end);
            path = end == target.length() || target.charAt(end) != '/'
                    ? "/" + target.substring(end)
                    : target.substring(end);
        } else if (target.startsWith("/", from)) {
            path = target.substring(from);
        } else {
            throw unparsable(target.substring(from));
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Refused(new Refusal(400, "", List.of()), "scheme " + scheme);
        }
    }

    private int schemeEnd() {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == ':') {
                return i > 0 ? i : -1;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    private int authorityEnd(int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return target.length();
    }

    private void authority(int from, int to) throws Refused {
        if (target.lastIndexOf('@', to - 1) >= from) {
            throw flaw("AH02422: HTTP Request Line; URI must not contain a username/password");
        }
        int portFrom = from;
        if (from < to && target.charAt(from) == '[') {
            int close = target.indexOf(']', from);
            if (close < 0 || close >= to || (close + 1 < to && target.charAt(close + 1) != ':')) {
                throw unparsable(scheme);
            }
            portFrom = close;
        }
        int colon = target.indexOf(':', portFrom);
        if (colon >= 0 && colon < to && !isDigits(target, colon + 1, to)) {
            throw unparsable(scheme);
        }
        authority = target.substring(from, to);
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** {@code HTTP/#.#}, the first digit not 0; what is above 1.1 is served as 1.1. */
    private static boolean isVersion(byte[] octets, int start, int end) {
        return end - start == 8
                && octets[start] == 'H'
                && octets[start + 1] == 'T'
                && octets[start + 2] == 'T'
                && octets[start + 3] == 'P'
                && octets[start + 4] == '/'
                && Octets.isDigit(octets[start + 5])
                && octets[start + 5] != '0'
                && octets[start + 6] == '.'
                && Octets.isDigit(octets[start + 7]);
    }

    private static int skipSpace(byte[] octets, int start, int end) {
        int at = start;
        while (at < end && isSpace(octets[at])) {
            at++;
        }
        return at;
    }

    private static int skipWord(byte[] octets, int start, int end) {
        int at = start;
        while (at < end && !isSpace(octets[at])) {
            at++;
        }
        return at;
    }

    /** As C's {@code isspace}. */
    private static boolean isSpace(byte octet) {
        return octet == ' ' || (octet >= 9 && octet <= 13);
    }

    private static Refused unparsable(String what) {
        return flaw("AH03450: HTTP Request Line; Unable to parse URI: '" + what + "'");
    }

    private static Refused flaw(String message) {
        return new Refused(Refusal.debug(400, message), message);
    }

    private static String text(byte[] octets, int start, int end) {
        return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
