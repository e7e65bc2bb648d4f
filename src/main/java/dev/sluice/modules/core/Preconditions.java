package dev.sluice.modules.core;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a request puts on being answered (ap_meets_conditions and its parts, http_protocol.c). Where a tag and
 * a date are both given, both must say that nothing has changed.
 *
 * @param etag of the file, quoted; null where it has none
 * @param modified of the file, in seconds
 * @param now of the request, in seconds
 */
record Preconditions(HeaderMap headers, boolean isGet, @Nullable String etag, long modified, long now) {
    enum Verdict {
        ANSWER,
        NOT_MODIFIED,
        FAILED
    }

    Verdict verdict() {
        String ifMatch = header(Headers.IF_MATCH);
        if (ifMatch != null && !ifMatch.startsWith("*") && !lists(ifMatch, false)) {
            return Verdict.FAILED;
        }
        Long unmodifiedSince = date(header(Headers.IF_UNMODIFIED_SINCE));
        if (unmodifiedSince != null && modified > unmodifiedSince && !isTooYoungForRanges()) {
            return Verdict.FAILED;
        }
        return changes();
    }

    private Verdict changes() {
        boolean unchanged = false;
        boolean changed = false;
        String ifNoneMatch = header(Headers.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            boolean weak = isGet && header(Headers.RANGE) == null;
            boolean found = ifNoneMatch.startsWith("*") || lists(ifNoneMatch, weak);
            if (found && !isGet) {
                return Verdict.FAILED;
            }
            unchanged = found;
            changed = !found;
        }
        String ifModifiedSince = header(Headers.IF_MODIFIED_SINCE);
        if (ifModifiedSince != null && isGet) {
            Long since = date(ifModifiedSince);
            boolean same = since != null && since >= modified && since <= now && !isTooYoungForRanges();
            unchanged |= same;
            changed |= !same;
        }
        return unchanged && !changed ? Verdict.NOT_MODIFIED : Verdict.ANSWER;
    }

    /** False where If-Range names another version than the one at hand (ap_condition_if_range). */
    boolean rangeIsOfThis() {
        String ifRange = header(Headers.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        if (ifRange.startsWith("\"")) {
            return ifRange.equals(etag);
        }
        Long of = date(ifRange);
        return of != null && of == modified && now >= modified + 60;
    }

    /** A date is no strong validator within a minute of the change, and ranges need one. */
    private boolean isTooYoungForRanges() {
        return now < modified + 60 && header(Headers.RANGE) != null;
    }

    private @Nullable String header(HttpString name) {
        return headers.getFirst(name);
    }

    /** Seconds; null for what is no date. */
    private static @Nullable Long date(@Nullable String text) {
        return text == null ? null : HttpDate.parse(text);
    }

    /** True where {@code tags}, a list, has the file's tag. */
    private boolean lists(String tags, boolean weak) {
        String own = etag;
        if (own == null) {
            return false;
        }
        if (own.startsWith("W/")) {
            if (!weak) {
                return false;
            }
            own = own.substring(2);
        }
        int at = 0;
        while (at < tags.length()) {
            char c = tags.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            boolean isWeak = tags.startsWith("W/", at);
            int quote = isWeak ? at + 2 : at;
            int end = quote < tags.length() && tags.charAt(quote) == '"' ? tags.indexOf('"', quote + 1) : -1;
            if (end < 0) {
                return false;
            }
            if ((weak || !isWeak)
                    && tags.regionMatches(quote, own, 0, own.length())
                    && end + 1 - quote == own.length()) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }
}
