package dev.sluice.modules.generators.cgi;

import dev.sluice.directive.Reading;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The status line of a script that writes the whole response head itself: its name begins with {@code nph-}. */
final class NphStatus {
    private final StringBuilder line = new StringBuilder();
    private boolean read;
    private int status;
    private @Nullable String reason;

    NphStatus(boolean expected) {
        this.read = !expected;
    }

    /** Takes bytes up to the end of the line; true once there is none, or no more of it. */
    boolean read(ByteBuffer bytes) {
        while (!read && bytes.hasRemaining()) {
            char c = (char) (bytes.get() & 255);
            if (c == '\n') {
                read = true;
                take(line.toString().strip());
            } else {
                line.append(c);
            }
        }
        return read;
    }

    private void take(String text) {
        int blank = text.indexOf(' ');
        if (text.startsWith("HTTP/") && blank > 0) {
            String rest = text.substring(blank + 1).strip();
            int number = Reading.atoi(rest);
            status = number >= 100 && number <= 999 ? number : 0;
            int end = rest.indexOf(' ');
            reason = end < 0 ? null : rest.substring(end + 1);
        }
    }

    /** 0 where no line said any. */
    int status() {
        return status;
    }

    @Nullable
    String reason() {
        return reason;
    }
}
