package dev.sluice.modules.loggers;

import dev.sluice.modules.core.StrfTime;
import dev.sluice.request.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;

/** The letters that print times and durations. The text of a second is made once and kept until another is asked for. */
final class LogTime {
    private static final String DEFAULT = "[%d/%b/%Y:%H:%M:%S %z]";
    private static final long RECALIBRATE = TimeUnit.SECONDS.toNanos(1);

    private static volatile Offset offset = Offset.now();

    private LogTime() {}

    /** The wall clock beside {@link System#nanoTime()}, taken at most a second ago: reading it costs no allocation. */
    private record Offset(long takenAt, long micros) {
        static Offset now() {
            Instant now = Instant.now();
            long nanos = System.nanoTime();
            return new Offset(
                    nanos, TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000 - nanos / 1000);
        }
    }

    private static final class Second {
        final long epochSecond;
        final byte[] text;

        Second(long epochSecond, String text) {
            this.epochSecond = epochSecond;
            this.text = text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Microseconds since 1970 of a moment given as {@link System#nanoTime()} counts. */
    static long micros(long nanos) {
        Offset known = offset;
        if (System.nanoTime() - known.takenAt() > RECALIBRATE) {
            known = Offset.now();
            offset = known;
        }
        return nanos / 1000 + known.micros();
    }

    /** {@code format} may begin with {@code begin:} or {@code end:}: when the request came, or now. */
    static LogItem item(String format) {
        boolean end = format.startsWith("end:");
        String rest = end ? format.substring(4) : format.startsWith("begin:") ? format.substring(6) : format;
        return switch (rest) {
            case "sec" -> (r, line) -> LogLetters.number(line, moment(r, end) / 1_000_000);
            case "msec" -> (r, line) -> LogLetters.number(line, moment(r, end) / 1000);
            case "usec" -> (r, line) -> LogLetters.number(line, moment(r, end));
            case "msec_frac" -> (r, line) -> padded(line, moment(r, end) / 1000, 3);
            case "usec_frac" -> (r, line) -> padded(line, moment(r, end), 6);
            default -> new Formatted(new StrfTime(rest.isEmpty() ? DEFAULT : rest), end);
        };
    }

    private static boolean padded(LineBuffer line, long number, int digits) {
        line.addPadded(number, digits);
        return true;
    }

    private static long moment(Request request, boolean end) {
        return micros(end ? System.nanoTime() : request.startNanos());
    }

    private static final class Formatted implements LogItem {
        private final StrfTime format;
        private final boolean end;
        private final ZoneId zone = ZoneId.systemDefault();
        private volatile Second last = new Second(Long.MIN_VALUE, "");

        Formatted(StrfTime format, boolean end) {
            this.format = format;
            this.end = end;
        }

        @Override
        public boolean write(Request request, LineBuffer line) {
            long second = moment(request, end) / 1_000_000;
            Second known = last;
            if (known.epochSecond != second) {
                ZonedDateTime time = Instant.ofEpochSecond(second).atZone(zone);
                known = new Second(second, format.format(time));
                last = known;
            }
            line.add(known.text);
            return true;
        }
    }

    /** How long the request took, in {@code s}, {@code ms} or {@code us}; another unit is printed as it stands. */
    static LogItem taken(String unit) {
        return switch (unit) {
            case "", "s" -> (r, line) -> LogLetters.number(line, nanos(r) / 1_000_000_000);
            case "ms" -> (r, line) -> LogLetters.number(line, nanos(r) / 1_000_000);
            case "us" -> (r, line) -> LogLetters.number(line, nanos(r) / 1000);
            default -> (r, line) -> LogLetters.text(line, unit);
        };
    }

    private static long nanos(Request request) {
        return System.nanoTime() - request.startNanos();
    }
}
