package dev.sluice.modules.core;

import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a script says before its body, as it comes: lines of fields up to an empty one
 * (ap_scan_script_header_err_core_ex, util_script.c). The exchange shows nothing of it before {@link #apply}.
 */
public final class ScriptHead {
    /** Bytes of a line; what is longer counts as several (MAX_STRING_LEN). */
    private static final int LONGEST_LINE = 8190;

    private static final int SHOWN = 30;

    /** Lets a script say how long its body is; else the server counts (CVE-2024-24795). */
    private static final String TRUSTS_LENGTH = "ap_trust_cgilike_cl";

    /** How far reading has come. */
    public enum Progress {
        MORE,
        COMPLETE,
        /** It was told to the log; the request ends with status 500. */
        MALFORMED
    }

    private final Request request;
    private final String module;
    private final boolean showsBadLine;
    private final StringBuilder line = new StringBuilder(80);

    /** Those that take the place of another of their name (headers_out). */
    private final HeaderMap single = new HeaderMap();

    /** All others; several lines of one become one (err_headers_out). */
    private final HeaderMap merged = new HeaderMap();

    private @Nullable String contentType;
    private @Nullable String statusLine;
    private int status;
    private @Nullable Long modified;
    private boolean anyField;

    /** @param module its short name, for the log: {@code cgi} */
    public ScriptHead(Request request, String module) {
        this(request, module, true);
    }

    /** @param showsBadLine whether the log shows the line that is no field; httpd's of backends has read on by then */
    public ScriptHead(Request request, String module, boolean showsBadLine) {
        this.request = request;
        this.module = module;
        this.showsBadLine = showsBadLine;
    }

    /** Takes bytes up to the end of the head, after which the body begins in {@code bytes}. */
    public Progress read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            char c = (char) (bytes.get() & 255);
            if (c != '\n') {
                line.append(c);
            }
            if (c == '\n' || line.length() == LONGEST_LINE) {
                Progress progress = endLine(c == '\n');
                if (progress != Progress.MORE) {
                    return progress;
                }
            }
        }
        return Progress.MORE;
    }

    /** The output ended before the head did; what stands in a line without an end does not count. */
    public Progress end() {
        error((anyField ? "Premature end of script headers: " : "End of script output before headers: ") + script());
        return Progress.MALFORMED;
    }

    private Progress endLine(boolean hasEnd) {
        int length = line.length();
        if (hasEnd && length > 0 && line.charAt(length - 1) == '\r') {
            length--;
        }
        String text = line.substring(0, length);
        line.setLength(0);
        if (text.isEmpty()) {
            return Progress.COMPLETE;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            error("malformed header from script '" + script() + "': Bad header: " + (showsBadLine ? cut(text) : ""));
            return Progress.MALFORMED;
        }
        field(text.substring(0, colon), afterBlanks(text, colon + 1));
        anyField = true;
        return Progress.MORE;
    }

    private void field(String name, String value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-type" -> contentType = lowerCaseType(value.stripTrailing());
            case "status" -> status(value);
            case "last-modified" -> modified(value);
            case "content-length", "transfer-encoding" -> {
                if (request.environment().has(TRUSTS_LENGTH)) {
                    single.put(new HttpString(name), value);
                }
            }
            case "location", "content-range" -> single.put(new HttpString(name), value);
            default -> merged.add(new HttpString(name), value);
        }
    }

    private void status(String value) {
        statusLine = value;
        int end = 0;
        while (end < value.length() && end < 9 && value.charAt(end) >= '0' && value.charAt(end) <= '9') {
            end++;
        }
        status = end == 0 ? 0 : Integer.parseInt(value.substring(0, end));
        if (status < 100 || status > 599) {
            error("Invalid status line from script '" + script() + "': " + cut(value));
            if (status < 100 || status > 999) {
                status = 500;
                statusLine = null;
            }
        }
    }

    /** A date in the future is of no use to anybody: now stands for it. */
    private void modified(String value) {
        Long parsed = HttpDate.parse(value);
        if (parsed == null) {
            request.log(Level.INFO, module, "AH10247: Ignored invalid header value: Last-Modified: '" + value + "'");
        } else {
            modified = Math.min(parsed, System.currentTimeMillis() / 1000);
        }
    }

    /** The output did not come in time. */
    public void timedOut() {
        error("Script timed out before returning headers: " + script());
    }

    /** True where not a byte has come. */
    public boolean isEmpty() {
        return !anyField && line.length() == 0;
    }

    /** The status that the script asked for; 0 where it did not. */
    public int status() {
        return status;
    }

    /** Where the script wants the request to go; null for nowhere. It counts where no status was asked for, or 200. */
    public @Nullable String location() {
        return single.getFirst(Headers.LOCATION);
    }

    /** Whether the request goes to {@link #location} instead of being answered by the script. */
    public boolean redirects() {
        return location() != null && (status == 0 || status == 200);
    }

    /**
     * Puts the head into the answer.
     *
     * @return 0; or 304 or 412, which the answer has then without the script's body; or 500 for a head that nobody may send,
     *     where an error page takes its place
     */
    public int apply() {
        if (!isFit(single) || !isFit(merged)) {
            return 500;
        }
        HttpServerExchange exchange = request.exchange();
        HeaderMap answer = exchange.getResponseHeaders();
        if (contentType != null) {
            request.contentType(contentType);
        }
        FileAnswer.describe(request);
        for (HeaderValues values : single) {
            answer.put(values.getHeaderName(), values.get(0));
        }
        if (modified != null) {
            answer.put(Headers.LAST_MODIFIED, HttpDate.format(modified));
        }
        HeaderMap always = request.alwaysHeaders();
        for (HeaderValues values : merged) {
            HttpString name = values.getHeaderName();
            if (name.equals(Headers.SET_COOKIE)) {
                always.addAll(name, values);
            } else {
                HeaderValues before = always.get(name);
                String own = Fields.joined(values);
                always.put(name, before == null ? own : Fields.joined(before) + ", " + own);
            }
        }
        int condition = status == 0 ? condition() : 0;
        int set = condition != 0 ? condition : status;
        if (set != 0) {
            exchange.setStatusCode(set);
            if (condition == 0) {
                exchange.setReasonPhrase(reason());
            }
        }
        if (set == 304 || set == 204) {
            FileAnswer.forgetBody(answer);
        }
        return condition;
    }

    /** What stands behind the status; null where the usual words do. */
    private @Nullable String reason() {
        String given = statusLine;
        return given == null || given.length() <= 4 || given.charAt(3) != ' ' ? null : given.substring(4);
    }

    private int condition() {
        HttpServerExchange exchange = request.exchange();
        boolean isGet = request.method().equals("GET") || request.method().equals("HEAD");
        if (!isGet || request.noLocalCopy()) {
            return 0;
        }
        long now = System.currentTimeMillis() / 1000;
        Long since = modified;
        Preconditions conditions = new Preconditions(
                exchange.getRequestHeaders(), true, merged.getFirst(Headers.ETAG), since == null ? now : since, now);
        return switch (conditions.verdict()) {
            case ANSWER -> 0;
            case NOT_MODIFIED -> 304;
            case FAILED -> 412;
        };
    }

    private boolean isFit(HeaderMap headers) {
        for (HeaderValues values : headers) {
            String complaint = FieldText.complaint(values);
            if (complaint != null) {
                request.log(Level.ERROR, "http", complaint);
                return false;
            }
        }
        return true;
    }

    private static String afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || (text.charAt(at) >= '\t' && text.charAt(at) <= '\r'))) {
            at++;
        }
        return text.substring(at);
    }

    /** The media type in lower case; what follows it stays (ap_content_type_tolower). */
    private static String lowerCaseType(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).toLowerCase(Locale.ROOT)
                + (end < 0 ? "" : type.substring(end));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    /** Its file's name without folders. */
    private String script() {
        String file = request.filename() == null ? request.path() : request.filename();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private void error(String message) {
        request.log(Level.ERROR, module, message);
    }
}
