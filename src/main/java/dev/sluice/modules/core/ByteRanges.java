package dev.sluice.modules.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of a Range header, those that touch joined (ap_set_byterange, byterange_filter.c).
 *
 * @param ranges in the order of the header; empty where the whole is to be sent
 * @param isUnsatisfiable true where all of them begin behind the end
 */
record ByteRanges(List<Range> ranges, boolean isUnsatisfiable, int overlaps, int reversals) {
    /** Both ends inclusive. */
    record Range(long start, long end) {
        long length() {
            return end - start + 1;
        }
    }

    static final ByteRanges WHOLE = new ByteRanges(List.of(), false, 0, 0);

    /** {@code length} of the whole in bytes; a header that cannot be read asks for the whole. */
    static ByteRanges parse(String header, long length) {
        if (!header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return WHOLE;
        }
        List<Range> joined = new ArrayList<>();
        boolean unsatisfiable = false;
        int overlaps = 0;
        int reversals = 0;
        Range open = null;
        String specs = header.substring(6);
        // As ap_getword: several commas count as one, but one at the beginning ends it all.
        for (String spec : specs.startsWith(",") ? new String[0] : specs.split(",")) {
            if (spec.isEmpty()) {
                continue;
            }
            Range range = range(spec, length);
            if (range == null) {
                return WHOLE;
            }
            if (range.start >= length) {
                unsatisfiable = true;
                continue;
            }
            range = new Range(range.start, Math.min(range.end, length - 1));
            if (open != null && touches(open, range)) {
                overlaps++;
                reversals += range.start < open.start ? 1 : 0;
                open = new Range(Math.min(open.start, range.start), Math.max(open.end, range.end));
            } else {
                if (open != null) {
                    joined.add(open);
                }
                open = range;
            }
        }
        if (open != null) {
            joined.add(open);
        }
        long sum = joined.stream().mapToLong(Range::length).sum();
        if (sum > length) {
            return WHOLE;
        }
        return new ByteRanges(List.copyOf(joined), joined.isEmpty() && unsatisfiable, overlaps, reversals);
    }

    /** True where one lies in the other, or begins no later than right behind the other's end. */
    private static boolean touches(Range open, Range range) {
        return range.start <= open.end + 1 && range.end >= open.start - 1;
    }

    /** Null for what is no range. */
    private static @Nullable Range range(String spec, long length) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return null;
        }
        long last = number(spec, dash + 1);
        if (dash == 0) {
            return last < 1 ? null : new Range(Math.max(0, length - last), length - 1);
        }
        long start = number(spec.substring(0, dash), 0);
        boolean toTheEnd = dash + 1 == spec.length();
        if (start < 0 || (!toTheEnd && last < start)) {
            return null;
        }
        return new Range(start, toTheEnd ? Math.max(start, length - 1) : last);
    }

    private static long number(String text, int from) {
        if (from == text.length() || text.length() - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /** This, or the whole where there are more than {@code max}, or more overlaps or reversals, than allowed; -1 allows any. */
    ByteRanges within(int max, int maxOverlaps, int maxReversals) {
        boolean tooMany =
                exceeds(ranges.size(), max) || exceeds(overlaps, maxOverlaps) || exceeds(reversals, maxReversals);
        return tooMany ? WHOLE : this;
    }

    private static boolean exceeds(int count, int max) {
        return max >= 0 && count > max;
    }
}
