package dev.sluice.request;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the phases know of a request: httpd's {@code request_rec} beside Undertow's exchange.
 *
 * <p>Belongs to one thread at a time, the exchange's. Paths are byte strings held one byte a char (ISO-8859-1).
 */
public final class Request {
    public static final AttachmentKey<Request> KEY = AttachmentKey.create(Request.class);

    private final HttpServerExchange exchange;
    private final HttpString askedMethod;
    private final Server server;
    private final ErrorLog errorLog;
    private final Responses responses;
    private @Nullable Request previous;
    private final Environment environment;
    private final String unparsedUri;
    private Settings settings;
    private String path;
    private String query;
    private boolean emptyQuery;
    private @Nullable String filename;
    private String contextPrefix = "";
    private @Nullable String contextRoot;
    private String pathInfo = "";
    private @Nullable String handler;
    private @Nullable String contentType;
    private @Nullable String user;
    private @Nullable String authType;
    private boolean accessChecked;
    private boolean noLocalCopy;
    private int errorStatus;
    private boolean errorPage;
    private String errorNotes = "";
    private String statusText = "";
    private @Nullable BasicFileAttributes file;
    private @Nullable String contentEncoding;
    private List<String> contentLanguages = List.of();
    private @Nullable Lookup lookup;
    private @Nullable Request main;
    private final long startNanos;
    private @Nullable Environment notes;
    private @Nullable HeaderMap alwaysHeaders;
    private int endedWith;
    private @Nullable String logId;
    private @Nullable String variantListTag;
    private @Nullable BodyFilters outputFilters;
    private @Nullable BodyFilters inputFilters;
    private long filteredBytes = -1;

    /**
     * @param responses who answers when a handler cannot
     * @param unparsedUri the target as the client sent it
     * @param path decoded and normalised, begins with a slash (or is {@code *})
     * @param query without the question mark; empty where there is none
     * @param previous the request that was redirected to this one internally; null where there is none
     */
    public Request(
            HttpServerExchange exchange,
            Server server,
            ErrorLog errorLog,
            Responses responses,
            String unparsedUri,
            String path,
            String query,
            @Nullable Request previous) {
        this.exchange = exchange;
        this.askedMethod = previous == null ? exchange.getRequestMethod() : previous.askedMethod;
        this.server = server;
        this.errorLog = errorLog;
        this.responses = responses;
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

    /** What ties a line of the access log to those that the error log has of this request; null where it has none ({@code %L}). */
    public @Nullable String logId() {
        return logId;
    }

    /** Says that the error log has a line of this request. */
    public void errorLogged() {
        Request first = original();
        if (first.logId == null) {
            first.logId = LogIds.next();
        }
    }

    /** Writes a line about this request; see {@link ErrorLog#log}. */
    public void log(Level level, String module, String message) {
        errorLog.log(level, module, exchange, message);
    }

    public @Nullable Request previous() {
        return previous;
    }

    /** True for what {@link #lookUp} looks at, as long as it has not taken the place of the client's request. */
    public boolean isSubRequest() {
        return main != null;
    }

    /** The request on whose behalf this one looks at something: httpd's {@code main}; null for a request of its own. */
    public @Nullable Request main() {
        return main;
    }

    public void main(@Nullable Request asking) {
        main = asking;
    }

    /** Goes on in place of {@code looked}, from which this one was looked up (ap_internal_fast_redirect). */
    public void takePlaceOf(Request looked) {
        main = looked.main;
        previous = looked.previous;
        errorStatus(looked.errorStatus);
        inheritAlwaysHeaders(looked);
        inheritNotes(looked);
        variantListTag = looked.variantListTag;
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

    /** The method of the client's request line; an error document for a POST is asked for with GET. */
    public HttpString askedMethod() {
        return askedMethod;
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
        emptyQuery = false;
    }

    /** The question mark and what follows it; empty where there is none, {@code ?} where nothing follows. */
    public String queryWithMark() {
        return !query.isEmpty() ? "?" + query : emptyQuery ? "?" : "";
    }

    /** Says that the target ended in a question mark. */
    public void emptyQuery(boolean marked) {
        emptyQuery = marked;
    }

    /** A path on disk, or {@code proxy:} and a URL; null until it is translated. */
    public @Nullable String filename() {
        return filename;
    }

    public void filename(@Nullable String mapped) {
        filename = mapped;
    }

    /** The URL path that is mapped to {@link #contextRoot} as an alias; empty for the document root's. */
    public String contextPrefix() {
        return contextPrefix;
    }

    /** The folder that {@link #contextPrefix} is mapped to; null for the document root. */
    public @Nullable String contextRoot() {
        return contextRoot;
    }

    public void context(String prefix, String root) {
        contextPrefix = prefix;
        contextRoot = root;
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

    /** True once it was asked whether the client may have this, whatever the answer. */
    public boolean isAccessChecked() {
        return accessChecked;
    }

    public void accessChecked() {
        accessChecked = true;
    }

    /** True where the answer must not be "not modified". */
    public boolean noLocalCopy() {
        return noLocalCopy;
    }

    public void noLocalCopy(boolean must) {
        noLocalCopy = must;
    }

    /**
     * Ends the request with {@code status} and its error document; for a handler that cannot answer. Any thread that the
     * exchange belongs to may call it, once, and only before the response has begun.
     */
    public void fail(int status) {
        responses.fail(this, status);
    }

    /** Starts the request again as one for {@code target}, a path and perhaps a query, both encoded as in a URL. */
    public void redirectInternally(String target) {
        responses.redirectInternally(this, target);
    }

    /** HTML that the error page shows beside its own words; empty for none. Untrusted text in it must be escaped. */
    public String errorNotes() {
        return errorNotes;
    }

    public void errorNotes(String html) {
        errorNotes = html;
    }

    /** What stands behind the status in the status line and on the error page, {@code Proxy Error}; empty for the usual words. */
    public String statusText() {
        return statusText;
    }

    public void statusText(String text) {
        statusText = text;
    }

    /** The status of the error that this request makes the document for; 0 where it makes none. */
    public int errorStatus() {
        return errorStatus;
    }

    public void errorStatus(int status) {
        errorStatus = status;
        if (previous != null) {
            previous.endedWith = status;
        }
    }

    /** The status of the answer; for a request that another one makes the error document of, that error's. */
    public int status() {
        return endedWith == 0 ? exchange.getStatusCode() : endedWith;
    }

    /** The status of the answer is not the exchange's. */
    public void endedWith(int status) {
        endedWith = status;
    }

    /** When the client's request was received, as {@link System#nanoTime()} counts. */
    public long startNanos() {
        return startNanos;
    }

    /** False where {@link #notes} would be made only to find nothing. */
    public boolean hasNotes() {
        return notes != null;
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

    /** The headers that survive, of a request that this one takes the place of: they stand before its own. */
    public void inheritAlwaysHeaders(Request before) {
        HeaderMap known = before.alwaysHeaders;
        if (known != null && known.size() > 0) {
            HeaderMap own = alwaysHeaders();
            for (HeaderValues values : known) {
                Collection<String> behind = own.remove(values.getHeaderName());
                own.putAll(values.getHeaderName(), values);
                if (behind != null) {
                    own.addAll(values.getHeaderName(), behind);
                }
            }
        }
    }

    /** The notes of a request that this one takes the place of; where both have one, this one's stands. */
    private void inheritNotes(Request before) {
        Environment known = before.notes;
        if (known != null) {
            known.all().forEach((name, value) -> {
                if (!notes().has(name)) {
                    notes().set(name, value);
                }
            });
        }
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

    /** True where the server itself makes the page: then only headers that are set "always" are added. */
    public boolean isErrorPage() {
        return errorPage;
    }

    public void errorPage(boolean own) {
        errorPage = own;
    }

    /** What is on disk under {@link #filename}, links followed; null where there is nothing, or nobody looked. */
    public @Nullable BasicFileAttributes file() {
        return file;
    }

    public void file(@Nullable BasicFileAttributes found) {
        file = found;
    }

    /** As the Content-Encoding header has it, {@code x-gzip}; null where there is none. */
    public @Nullable String contentEncoding() {
        return contentEncoding;
    }

    public void contentEncoding(@Nullable String encoding) {
        contentEncoding = encoding;
    }

    /** Language tags; empty where none is known. */
    public List<String> contentLanguages() {
        return contentLanguages;
    }

    public void contentLanguages(List<String> tags) {
        contentLanguages = tags;
    }

    /** The entity tag of the list of variants that this one was chosen from; null where nothing was chosen. */
    public @Nullable String variantListTag() {
        return variantListTag;
    }

    public void variantListTag(@Nullable String tag) {
        variantListTag = tag;
    }

    /** Has the body of the response go through a filter; until it begins. */
    public void addOutputFilter(Filter.Kind kind) {
        BodyFilters known = outputFilters;
        if (known == null) {
            known = new BodyFilters();
            outputFilters = known;
        }
        known.add(kind);
    }

    /** As {@link #addOutputFilter(Filter.Kind)}; a name that no filter goes by is logged (add_any_filter, util_filter.c). */
    public void addOutputFilter(String name) {
        Filter.Kind kind = responses.filters(this).output(name);
        if (kind == null) {
            log(Level.ERROR, "core", "AH00082: an unknown filter was not added: " + name);
        } else {
            addOutputFilter(kind);
        }
    }

    /** As {@link #addOutputFilter(String)}. */
    public void addInputFilter(String name) {
        Filter.Kind kind = responses.filters(this).input(name);
        if (kind == null) {
            log(Level.ERROR, "core", "AH00082: an unknown filter was not added: " + name);
        } else {
            addInputFilter(kind);
        }
    }

    /** The filters that there are. */
    public Filters filters() {
        return responses.filters(this);
    }

    /** Has the body of the request go through a filter; until it is read. */
    public void addInputFilter(Filter.Kind kind) {
        BodyFilters known = inputFilters;
        if (known == null) {
            known = new BodyFilters();
            inputFilters = known;
        }
        known.add(kind);
    }

    public boolean hasOutputFilters() {
        return outputFilters != null;
    }

    public boolean hasOutputFilter(Filter.Kind kind) {
        return outputFilters != null && outputFilters.has(kind);
    }

    /**
     * The filters that touch the body of the response, made at the first call: the head must be set by then. None for a page of
     * the server's own (ap_send_error_response).
     */
    public List<Filter> beginOutput() {
        BodyFilters known = outputFilters;
        return known == null || errorPage ? List.of() : known.begin(this);
    }

    /** Bytes of the body of the response, behind its filters. */
    public long bodyBytes() {
        return filteredBytes >= 0 ? filteredBytes : exchange.getResponseBytesSent();
    }

    public void filteredBytes(long count) {
        filteredBytes = count;
    }

    /** The filters that touch the body of the request, made at the first call. */
    public List<Filter> beginInput() {
        BodyFilters known = inputFilters;
        return known == null ? List.of() : known.begin(this);
    }

    /**
     * Looks at what another URL of the same client leads to: httpd's sub-request. Blocks, for worker threads.
     *
     * @param uri escaped, with a query where there is one; relative to this request's path without a leading slash
     */
    public Lookup.Result lookUp(String uri) {
        Lookup runs = lookup;
        if (runs == null) {
            throw new IllegalStateException("lookup of " + path + ": none (expected: one from the phases' runner)");
        }
        return runs.of(this, uri);
    }

    /** As {@link #lookUp}, for a file; relative to the folder of this request's file without a leading slash. */
    public Lookup.Result lookUpFile(String name) {
        Lookup runs = lookup;
        if (runs == null) {
            throw new IllegalStateException("lookup of " + path + ": none (expected: one from the phases' runner)");
        }
        return runs.ofFile(this, name);
    }

    /** Set by whoever runs the phases. */
    public void lookup(Lookup runs) {
        lookup = runs;
    }
}
