package dev.sluice.wire.http1;

import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names and last values of the header fields one backend sends: it sends the same ones again and again, so most
 * responses are read without a new string. Names keep the case in which they came. Fixed size, a slot is overwritten.
 */
final class HeaderCache {
    private static final int BITS = 6;

    private static final int SLOTS = 1 << BITS;

    /** Slots that a name may be in. */
    private static final int PLACES = 4;

    /** 2^32 by the golden ratio: spreads what differs in the low bits over the high ones. */
    private static final int MIX = 0x9E3779B9;

    private final @Nullable HttpString[] names = new HttpString[SLOTS];
    private final @Nullable String[] values = new String[SLOTS];
    private int slot;

    /** The name in {@code octets[start, end)}, which must be a token; {@link #value} then speaks of its last value. */
    HttpString name(byte[] octets, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + octets[i];
        }
        int first = (hash * MIX) >>> (Integer.SIZE - BITS);
        for (int i = 0; i < PLACES; i++) {
            slot = first ^ i;
            HttpString known = names[slot];
            if (known != null && matches(known, octets, start, end)) {
                return known;
            }
            if (known == null) {
                break;
            }
        }
        String text = new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
        HttpString common = HttpString.tryFromString(text);
        HttpString name = common != null && common.toString().equals(text) ? common : new HttpString(text);
        names[slot] = name;
        values[slot] = null;
        return name;
    }

    /** The text in {@code octets[start, end)}: the last value of the name asked for before, where it is the same. */
    String value(byte[] octets, int start, int end) {
        String known = values[slot];
        if (known != null && matches(known, octets, start, end)) {
            return known;
        }
        String value = new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
        // A long value would be kept for as long as the connection lives.
        if (value.length() <= 128) {
            values[slot] = value;
        }
        return value;
    }

    private static boolean matches(HttpString known, byte[] octets, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (known.byteAt(i - start) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String known, byte[] octets, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (known.charAt(i - start) != (octets[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
