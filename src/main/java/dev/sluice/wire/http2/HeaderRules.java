package dev.sluice.wire.http2;

import io.undertow.util.HttpString;

/** Which bytes a header field may hold (RFC 9113 section 8.2.1, RFC 9110 section 5.5): what passes here may go into an HTTP/1.1 head as it is. */
final class HeaderRules {
    private static final boolean[] NAME = new boolean[128];
    private static final boolean[] METHOD = new boolean[128];
    private static final boolean[] AUTHORITY = new boolean[128];

    static {
        mark(NAME, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");
        mark(METHOD, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        mark(AUTHORITY, "-._~!$&'()*+,;=:[]%@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }

    private HeaderRules() {}

    private static void mark(boolean[] set, String members) {
        for (int i = 0; i < members.length(); i++) {
            set[members.charAt(i)] = true;
        }
    }

    /** A token in lower case. Pseudo-header names are known by name and never come here. */
    static boolean nameAllowed(HttpString name) {
        for (int i = 0; i < name.length(); i++) {
            int c = name.byteAt(i);
            if (c < 0 || !NAME[c]) {
                return false;
            }
        }
        return name.length() > 0;
    }

    /** No control character but the tab. */
    static boolean valueAllowed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The value itself where it has no blank at either end. */
    static String withoutBlanks(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && blank(value.charAt(start))) {
            start++;
        }
        while (end > start && blank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean methodAllowed(String method) {
        return !method.isEmpty() && only(METHOD, method);
    }

    static boolean authorityAllowed(String authority) {
        return only(AUTHORITY, authority);
    }

    private static boolean only(boolean[] set, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 128 || !set[c]) {
                return false;
            }
        }
        return true;
    }

    /** {@code *} with OPTIONS, else from the root, without a blank. Other bytes are judged where the path is used. */
    static boolean pathAllowed(String path, String method) {
        if (path.equals("*")) {
            return method.equals("OPTIONS");
        }
        return !path.isEmpty() && path.charAt(0) == '/' && path.indexOf(' ') < 0 && path.indexOf('\t') < 0;
    }

    /** The digits of a content length; -1 for what is none, or does not fit. */
    static long contentLength(String value) {
        int length = value.length();
        if (length == 0 || length > 18) {
            return -1;
        }
        long total = 0;
        for (int i = 0; i < length; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            total = total * 10 + digit;
        }
        return total;
    }
}
