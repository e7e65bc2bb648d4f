package dev.sluice.request;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the phases know of a request: httpd's {@code request_rec} beside Undertow's exchange.
 *
 * <p>Belongs to one thread at a time, the exchange's. Paths are byte strings held one byte a char (ISO-8859-1).
 */
public final class Request {
    public static final AttachmentKey<Request> KEY = AttachmentKey.create(Request.class);

    private final HttpServerExchange exchange;
    private final Server server;
    private final ErrorLog errorLog;
    private final @Nullable Request previous;
    private final Environment environment;
    private final String unparsedUri;
    private Settings settings;
    private String path;
    private String query;
    private @Nullable String filename;
    private String pathInfo = "";
    private @Nullable String handler;
    private @Nullable String contentType;
    private @Nullable String user;
    private @Nullable String authType;
    private boolean noLocalCopy;
    private final long startNanos;
    private @Nullable Environment notes;
    private @Nullable HeaderMap alwaysHeaders;
    private boolean errorDocument;
    private int ownStatus;

    /**
     * @param unparsedUri the target as the client sent it
     * @param path decoded and normalised, begins with a slash (or is {@code *})
     * @param query without the question mark; empty where there is none
     * @param previous the request that was redirected to this one internally; null where there is none
     */
    public Request(
            HttpServerExchange exchange,
            Server server,
            ErrorLog errorLog,
            String unparsedUri,
            String path,
            String query,
            @Nullable Request previous) {
        this.exchange = exchange;
        this.server = server;
        this.errorLog = errorLog;
        this.unparsedUri = unparsedUri;
        this.path = path;
        this.query = query;
        this.previous = previous;
        this.environment = new Environment();
        this.settings = server.defaults();
        long received = exchange.getRequestStartTime();
        this.startNanos = previous != null ? previous.startNanos : received > 0 ? received : System.nanoTime();
    }

    /** The request that an exchange carries, or null before the first phase. */
    public static @Nullable Request of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    public HttpServerExchange exchange() {
        return exchange;
    }

    /** The virtual host that answers. */
    public Server server() {
        return server;
    }

    /** The per-directory settings as far as the walks have merged them. */
    public Settings settings() {
        return settings;
    }

    public void settings(Settings merged) {
        settings = merged;
    }

    public Environment environment() {
        return environment;
    }

    public ErrorLog errorLog() {
        return errorLog;
    }

    /** Writes a line about this request; see {@link ErrorLog#log}. */
    public void log(Level level, String module, String message) {
        errorLog.log(level, module, exchange, message);
    }

    public @Nullable Request previous() {
        return previous;
    }

    /** The client's own request, where this one is an internal redirect of it. */
    public Request original() {
        Request first = this;
        for (Request before = previous; before != null; before = before.previous) {
            first = before;
        }
        return first;
    }

    public String method() {
        return exchange.getRequestMethod().toString();
    }

    /** The target as the client sent it: what {@code %r} prints between method and protocol. */
    public String unparsedUri() {
        return unparsedUri;
    }

    public String path() {
        return path;
    }

    public void path(String changed) {
        path = changed;
    }

    public String query() {
        return query;
    }

    public void query(String changed) {
        query = changed;
    }

    /** A path on disk, or {@code proxy:} and a URL; null until it is translated. */
    public @Nullable String filename() {
        return filename;
    }

    public void filename(@Nullable String mapped) {
        filename = mapped;
    }

    public boolean isProxied() {
        return filename != null && filename.startsWith("proxy:");
    }

    /** What follows the file's path; empty, or begins with a slash. */
    public String pathInfo() {
        return pathInfo;
    }

    public void pathInfo(String rest) {
        pathInfo = rest;
    }

    /** The name that SetHandler or AddHandler gave; null where none did. */
    public @Nullable String handler() {
        return handler;
    }

    public void handler(@Nullable String name) {
        handler = name;
    }

    public @Nullable String contentType() {
        return contentType;
    }

    public void contentType(@Nullable String type) {
        contentType = type;
    }

    /** The authenticated user; null where there is none. */
    public @Nullable String user() {
        return user;
    }

    public void user(@Nullable String name, @Nullable String type) {
        user = name;
        authType = type;
    }

    public @Nullable String authType() {
        return authType;
    }

    /** When the client's request was received, as {@link System#nanoTime()} counts. */
    public long startNanos() {
        return startNanos;
    }

    /** What modules note for each other and for {@code %{...}n}: httpd's {@code notes}. */
    public Environment notes() {
        Environment known = notes;
        if (known == null) {
            known = new Environment();
            notes = known;
        }
        return known;
    }

    /**
     * Headers that stand before those of the answer and survive where an error document takes its place: httpd's
     * {@code err_headers_out}.
     */
    public HeaderMap alwaysHeaders() {
        HeaderMap known = alwaysHeaders;
        if (known == null) {
            known = new HeaderMap();
            alwaysHeaders = known;
        }
        return known;
    }

    /** Puts {@link #alwaysHeaders} in front of those of the answer, and forgets them. Just before the head is written. */
    public void joinAlwaysHeaders() {
        HeaderMap known = alwaysHeaders;
        if (known == null || known.size() == 0) {
            return;
        }
        HeaderMap answer = exchange.getResponseHeaders();
        for (HeaderValues values : known) {
            Collection<String> behind = answer.remove(values.getHeaderName());
            answer.putAll(values.getHeaderName(), values);
            if (behind != null) {
                answer.addAll(values.getHeaderName(), behind);
            }
        }
        known.clear();
    }

    /**
     * True where the server itself writes the body of an error or a redirect, so that the answer's own headers are gone
     * (ap_send_error_response). False for an answer with an error status that a backend or a file gave.
     */
    public boolean isErrorDocument() {
        return errorDocument;
    }

    public void errorDocument(boolean isOne) {
        errorDocument = isOne;
    }

    /** The status of the answer; for a request that was redirected internally, the status it ended with. */
    public int status() {
        return ownStatus == 0 ? exchange.getStatusCode() : ownStatus;
    }

    /** Keeps {@code status} for this request, before it is redirected internally and another one answers. */
    public void endedWith(int status) {
        ownStatus = status;
    }

    /** True where the answer must not be "not modified". */
    public boolean noLocalCopy() {
        return noLocalCopy;
    }

    public void noLocalCopy(boolean must) {
        noLocalCopy = must;
    }
}
