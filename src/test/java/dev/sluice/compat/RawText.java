package dev.sluice.compat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The notation of raw requests: {@code \r \n \t \0 \\ \xHH}, and {@code \p} for a pause between two writes. */
final class RawText {
    private static final int PAUSE_MILLIS = 150;

    private RawText() {}

    static List<byte[]> parts(String text) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\\') {
                part.write(bytes[i]);
                continue;
            }
            char escape = (char) bytes[++i];
            switch (escape) {
                case 'r' -> part.write('\r');
                case 'n' -> part.write('\n');
                case 't' -> part.write('\t');
                case '0' -> part.write(0);
                case '\\' -> part.write('\\');
                case 'x' -> {
                    part.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                case 'p' -> {
                    parts.add(part.toByteArray());
                    part.reset();
                }
                default ->
                    throw new IllegalArgumentException("\\" + escape + " (expected: \\r \\n \\t \\0 \\\\ \\xHH \\p)");
            }
        }
        parts.add(part.toByteArray());
        return parts;
    }

    static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
