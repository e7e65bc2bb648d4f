package dev.sluice.wire.http1;

/** The character classes of RFC 9110, 5.6.2 and 5.5, one table look-up a byte. */
final class Octets {
    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final byte[] CLASS = new byte[256];

    static {
        for (int octet = 0; octet < 256; octet++) {
            boolean letter = within(octet, 'a', 'z') || within(octet, 'A', 'Z') || within(octet, '0', '9');
            boolean token = letter || (octet < 128 && "!#$%&'*+-.^_`|~".indexOf(octet) >= 0);
            boolean value = octet == '	' || (octet >= ' ' && octet != 127);
            boolean target = octet > ' ' && octet != 127;
            CLASS[octet] = (byte) ((token ? TOKEN : 0) | (value ? VALUE : 0) | (target ? TARGET : 0));
        }
    }

    private Octets() {}

    private static boolean within(int octet, char first, char last) {
        return octet >= first && octet <= last;
    }

    static boolean isToken(byte octet) {
        return (CLASS[octet & 0xFF] & TOKEN) != 0;
    }

    /** Whether {@code octets[start, end)} is a token: a method or a header name; an empty one is none. */
    static boolean isToken(byte[] octets, int start, int end) {
        return start < end && all(octets, start, end, TOKEN);
    }

    /** Whether {@code octets[start, end)} may be a header value: no control character but the tab. */
    static boolean isValue(byte[] octets, int start, int end) {
        return all(octets, start, end, VALUE);
    }

    /** Whether {@code octets[start, end)} may be a request target: no control character, no space, not empty. */
    static boolean isTarget(byte[] octets, int start, int end) {
        return start < end && all(octets, start, end, TARGET);
    }

    private static boolean all(byte[] octets, int start, int end, int mask) {
        for (int i = start; i < end; i++) {
            if ((CLASS[octets[i] & 0xFF] & mask) == 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
