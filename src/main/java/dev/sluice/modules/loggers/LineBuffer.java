package dev.sluice.modules.loggers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of a log while it is put together: bytes, reused from line to line. */
final class LineBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** For each byte: 0 where it stands for itself, the letter of its short escape, or 'x'. */
    private static final byte[] ESCAPES = new byte[256];

    static {
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'x');
        Arrays.fill(ESCAPES, 0x7F, 256, (byte) 'x');
        ESCAPES['\b'] = 'b';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[0x0B] = 'v';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private byte[] bytes = new byte[512];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (bytes.length > 1 << 16) {
            bytes = new byte[512];
        }
    }

    LineBuffer add(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    LineBuffer add(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Text given one byte a char, as it is. */
    @SuppressWarnings("deprecation") // the one call that copies low bytes without making a new array
    LineBuffer add(String text) {
        int count = text.length();
        room(count);
        text.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    /** Text that a client may have sent: quotes, backslashes and what cannot be printed are escaped (ap_escape_logitem). */
    LineBuffer addEscaped(String text) {
        int count = text.length();
        room(4 * count);
        byte[] out = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            int b = text.charAt(i) & 0xFF;
            byte escape = ESCAPES[b];
            if (escape == 0) {
                out[at++] = (byte) b;
            } else {
                out[at++] = '\\';
                out[at++] = escape;
                if (escape == 'x') {
                    out[at++] = HEX[b >> 4];
                    out[at++] = HEX[b & 15];
                }
            }
        }
        length = at;
        return this;
    }

    LineBuffer add(long number) {
        if (number < 0) {
            return add(Long.toString(number));
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return addPadded(number, digits);
    }

    /** The last {@code digits} digits of {@code number}, with zeroes in front. */
    LineBuffer addPadded(long number, int digits) {
        room(digits);
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
