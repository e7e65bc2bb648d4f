package dev.sluice.modules.metadata;

import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.Fields;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * A line of Header or RequestHeader (do_headers_fixup, mod_headers.c).
 *
 * @param value what to set, or what to put in place of what {@code pattern} matches; null for unset and echo
 * @param pattern for edit: in a value; for echo: names of headers of the request
 * @param condition null where it always applies
 * @param early true where it applies as soon as the request is read
 * @param blocks true where applying it may wait for a disk
 */
record HeaderAction(
        Kind kind,
        HttpString name,
        @Nullable HeaderValue value,
        @Nullable Regex pattern,
        @Nullable Condition condition,
        boolean early,
        boolean blocks) {
    /** The words of the directives. */
    enum Kind {
        SET,
        SETIFEMPTY,
        ADD,
        APPEND,
        MERGE,
        UNSET,
        ECHO,
        EDIT,
        EDIT_ALL,
        NOTE
    }

    /** {@code env=} or {@code expr=}. */
    @FunctionalInterface
    interface Condition {
        boolean holds(Request request);
    }

    /** Framing belongs to the connection; what has no name cannot be sent. */
    private boolean touchesFraming() {
        return name.length() == 0 || name.equals(Headers.CONTENT_LENGTH) || name.equals(Headers.TRANSFER_ENCODING);
    }

    void apply(Request request, HeaderMap headers) {
        if (touchesFraming() || (condition != null && !condition.holds(request))) {
            return;
        }
        switch (kind) {
            case SET -> headers.put(name, value(request));
            case SETIFEMPTY -> {
                if (!headers.contains(name)) {
                    headers.put(name, value(request));
                }
            }
            case ADD -> headers.add(name, value(request));
            case APPEND -> append(headers, value(request));
            case MERGE -> merge(headers, value(request));
            case UNSET -> headers.remove(name);
            case ECHO -> echo(request, headers);
            case EDIT, EDIT_ALL -> edit(request, headers);
            case NOTE -> note(request, headers);
        }
    }

    /** As {@link #apply}, on the request's own headers, whose repeated lines httpd has joined when it read them. */
    void applyToRequest(Request request) {
        HeaderMap headers = request.exchange().getRequestHeaders();
        HeaderValues values = headers.get(name);
        if (kind != Kind.ADD && values != null && values.size() > 1) {
            headers.put(name, Fields.joined(values));
        }
        apply(request, headers);
    }

    private String value(Request request) {
        return value == null ? "" : value.of(request);
    }

    /** To the first line of the field. */
    private void append(HeaderMap headers, String added) {
        HeaderValues values = headers.get(name);
        if (values == null || values.isEmpty()) {
            headers.add(name, added);
        } else {
            values.set(0, values.getFirst() + ", " + added);
        }
    }

    private void merge(HeaderMap headers, String added) {
        String first = headers.getFirst(name);
        if (first == null || !hasMember(first, added)) {
            append(headers, added);
        }
    }

    /** True where {@code member} is one of the members of a list, in which commas within quotes do not part. */
    static boolean hasMember(String list, String member) {
        int at = 0;
        while (at < list.length()) {
            while (at < list.length() && Character.isWhitespace(list.charAt(at))) {
                at++;
            }
            int start = at;
            boolean quoted = false;
            while (at < list.length() && (quoted || list.charAt(at) != ',')) {
                quoted ^= list.charAt(at) == '"';
                at++;
            }
            if (at - start == member.length() && list.startsWith(member, start)) {
                return true;
            }
            at++;
        }
        return false;
    }

    private void echo(Request request, HeaderMap headers) {
        for (HeaderValues values : request.exchange().getRequestHeaders()) {
            if (pattern != null && pattern.matches(values.getHeaderName().toString())) {
                headers.add(values.getHeaderName(), Fields.joined(values));
            }
        }
    }

    private void edit(Request request, HeaderMap headers) {
        HeaderValues values = headers.get(name);
        if (values == null) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            values.set(i, edited(request, values.get(i)));
        }
    }

    /** With {@code edit*} what follows a match is edited as a text of its own, so that {@code ^} matches there again. */
    String edited(Request request, String text) {
        StringBuilder result = new StringBuilder();
        String rest = text;
        Captures found = pattern == null ? null : pattern.find(rest);
        while (found != null) {
            result.append(rest, 0, found.start()).append(found.expand(value(request)));
            boolean stuck = found.end() == 0;
            rest = rest.substring(found.end());
            found = kind == Kind.EDIT_ALL && !stuck && pattern != null ? pattern.find(rest) : null;
        }
        return result.append(rest).toString();
    }

    private void note(Request request, HeaderMap headers) {
        String first = headers.getFirst(name);
        if (first == null) {
            request.notes().unset(value(request));
        } else {
            request.notes().set(value(request), first);
        }
    }
}
