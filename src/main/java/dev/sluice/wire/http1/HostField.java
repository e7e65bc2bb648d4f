package dev.sluice.wire.http1;

/** Whether a Host field names a host, as httpd judges it when it is strict (fix_hostname, vhost.c). */
final class HostField {
    private static final int PORTS = 65535;

    private HostField() {}

    /** {@code value} is what came, port included; an empty one is no name. */
    static boolean isValid(String value) {
        int end = value.length();
        if (end == 0) {
            return false;
        }
        if (value.charAt(0) == '[') {
            int close = value.indexOf(']');
            return close > 0
                    && isV6(value, 1, close)
                    && (close + 1 == end || (value.charAt(close + 1) == ':' && isPort(value, close + 2, end)));
        }
        int colon = value.lastIndexOf(':');
        if (colon >= 0) {
            if (!isPort(value, colon + 1, end)) {
                return false;
            }
            end = colon;
        }
        return isName(value, end);
    }

    private static boolean isPort(String value, int start, int end) {
        int port = 0;
        for (int i = start; i < end; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = Math.min(PORTS + 1, port * 10 + digit);
        }
        return port > 0 && port <= PORTS;
    }

    private static boolean isName(String value, int length) {
        int end = length > 0 && value.charAt(length - 1) == '.' ? length - 1 : length;
        if (end == 0) {
            return false;
        }
        boolean numeric = true;
        char before = 0;
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (before == '.' && i > 1 && (c == '.' || c == '-' || c == '_')) {
                return false;
            }
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != '.' && c != '-' && c != '_' && !isLetter(c)) {
                return false;
            }
            numeric &= digit || c == '.';
            before = c;
        }
        return before != '.' && (numeric ? isV4(value, end) : !endsInNumber(value, end));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** A last label that begins with a digit belongs to an address, and this is none. */
    private static boolean endsInNumber(String value, int end) {
        int label = value.lastIndexOf('.', end - 1) + 1;
        return label > 0 && value.charAt(label) >= '0' && value.charAt(label) <= '9';
    }

    /** Four numbers without leading zeros; how large they are nobody asks. */
    private static boolean isV4(String value, int end) {
        int parts = 1;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i < end && value.charAt(i) != '.') {
                continue;
            }
            int size = i - start;
            if (size < 1 || (size > 1 && value.charAt(start) == '0')) {
                return false;
            }
            start = i + 1;
            parts += i < end ? 1 : 0;
        }
        return parts == 4;
    }

    private static boolean isV6(String value, int start, int end) {
        int groups = 0;
        int size = 0;
        int gap = 0;
        for (int i = start; i < end; i++) {
            char c = value.charAt(i);
            if (c == '.') {
                int from = value.lastIndexOf(':', i) + 1;
                return from > start
                        && (groups == 6 || (gap > 0 && groups < 6))
                        && isV4(value.substring(from, end), end - from);
            }
            if (c == ':') {
                if (i + 1 < end && value.charAt(i + 1) == ':') {
                    gap++;
                    i++;
                } else if (i == start || i + 1 == end) {
                    return false;
                }
                size = 0;
            } else if (Character.digit(c, 16) < 0 || c > 'f' || ++size > 4) {
                return false;
            } else if (size == 1) {
                groups++;
            }
        }
        return gap == 0 ? groups == 8 : gap == 1 && groups < 8;
    }
}
