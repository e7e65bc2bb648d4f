package dev.sluice.modules.loggers;

import dev.sluice.directive.BadArgument;
import dev.sluice.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** A log format, read once: the parts of a line in order, each of which adds its bytes. */
final class LogFormat {
    /** What TransferLog writes where no LogFormat says otherwise. */
    static final String COMMON = "%h %l %u %t \"%r\" %>s %b";

    private final String text;
    private final Part[] parts;

    private LogFormat(String text, Part[] parts) {
        this.text = text;
        this.parts = parts;
    }

    /** {@code letters} knows the letters that loaded modules give. Throws httpd's complaint. */
    static LogFormat read(String text, LogLetters letters) throws BadArgument {
        List<Part> parts = new LogFormatReader(text, letters).read();
        return new LogFormat(text, parts.toArray(Part[]::new));
    }

    /** Adds a line about the answer that {@code last} got, its line end included. */
    void write(Request last, LineBuffer line) {
        Request first = last.original();
        for (Part part : parts) {
            part.write(first, last, line);
        }
        line.add('\n');
    }

    /** As written. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * A part of a format.
     *
     * @param original true where it is about the request that came, false where about the one that was answered in the
     *     end, after internal redirects
     * @param statuses the final statuses it is for; empty for all
     * @param except true where it is for all but {@code statuses}
     */
    record Part(LogItem item, boolean original, BitSet statuses, boolean except) {
        static Part literal(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            LogItem item = (request, line) -> {
                line.add(bytes);
                return true;
            };
            return new Part(item, false, new BitSet(), false);
        }

        void write(Request first, Request last, LineBuffer line) {
            if (!applies(last) || !item.write(original ? first : last, line)) {
                line.add('-');
            }
        }

        private boolean applies(Request last) {
            return statuses.isEmpty() || statuses.get(last.status()) != except;
        }
    }
}
