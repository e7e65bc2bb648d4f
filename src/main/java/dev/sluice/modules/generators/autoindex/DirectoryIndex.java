package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.EntityTag;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.HtmlText;
import dev.sluice.modules.core.HttpDate;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.ServerSignature;
import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.Level;
import dev.sluice.request.Lookup;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.io.DefaultIoCallback;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of one folder for one request (index_directory, mod_autoindex.c). Reads disks: for worker threads. */
public final class DirectoryIndex {
    /** What httpd gathers before it sends: a longer page is sent without a length. */
    private static final int GATHERED = 8000;

    /** Unlike Undertow's own, this one has no length sent that is not set. */
    private static final IoCallback END = new DefaultIoCallback() {};

    private static final String HTML_4 =
            """
            <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
            <html>
             <head>
              <title>Index of\s""";
    private static final String XHTML_1 =
            """
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
            "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml">
             <head>
              <title>Index of\s""";

    private final Request request;
    private final IndexSettings settings;
    private final StringBuilder html = new StringBuilder(4096);
    private boolean sentInParts;

    private DirectoryIndex(Request request) {
        this.request = request;
        this.settings = request.settings().view(IndexSettings.IN_FORCE);
    }

    /** Lists the folder that {@code request} is mapped to. */
    public static Outcome of(Request request, BasicFileAttributes folder) {
        String name = request.filename() == null ? "" : request.filename();
        if (!name.endsWith("/")) {
            request.filename(name + "/");
        }
        return new DirectoryIndex(request).answer(folder);
    }

    private Outcome answer(BasicFileAttributes folder) {
        IndexOptions options = settings.options();
        IndexQuery query = IndexQuery.read(request.query(), options, settings.order());
        List<Entry> found;
        try {
            found = new Entries(request, settings, query, String.valueOf(request.filename())).read();
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "autoindex",
                    LogFile.reason(e) + ": AH01275: Can't open directory for index: " + request.filename());
            return Outcome.status(403);
        }
        describe(folder, options);
        if (request.exchange().getRequestMethod().equals(Methods.HEAD)) {
            return Outcome.answerWith(EmptyAnswer::end);
        }
        head(query);
        new IndexPage(settings, query, Order.sorted(found, query.order(), query), html).write();
        tail(query);
        return Outcome.answerWith(this::send);
    }

    private void describe(BasicFileAttributes folder, IndexOptions options) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        String type = options.type() == null ? "text/html" : options.type();
        String charset = options.charset() == null ? "ISO-8859-1" : options.charset();
        headers.put(Headers.CONTENT_TYPE, charset.isEmpty() ? type : type + ";charset=" + charset);
        if (options.has(IndexOptions.TRACK_MODIFIED)) {
            long now = System.currentTimeMillis();
            headers.put(
                    Headers.LAST_MODIFIED,
                    HttpDate.format(Math.min(now, folder.lastModifiedTime().toMillis()) / 1000));
            String tag = EntityTag.of(request.settings(), folder, now);
            if (tag != null) {
                headers.put(Headers.ETAG, tag);
            }
        }
    }

    private void send(HttpServerExchange exchange) {
        byte[] page = html.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (page.length <= GATHERED && !sentInParts) {
            exchange.setResponseContentLength(page.length);
        }
        exchange.getResponseSender().send(ByteBuffer.wrap(page), END);
    }

    private String title() {
        String path = request.path();
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 1 && path.endsWith("/") ? "/" : HtmlText.escaped(path.substring(0, end));
    }

    /** What stands before the list: a page of its own where HeaderName names one (emit_head). */
    private void head(IndexQuery query) {
        boolean suppressed = query.has(IndexOptions.SUPPRESS_HTML_PREAMBLE);
        String name = settings.headerName();
        if (!name.isEmpty()) {
            String arguments = request.query().isEmpty() ? "" : "?" + request.query();
            Request page = lookedUp(name + arguments);
            if (page != null && HtmlTitle.isHtml(page.contentType())) {
                if (!suppressed) {
                    preamble(query);
                }
                if (included(page)) {
                    return;
                }
                if (!suppressed) {
                    heading();
                    return;
                }
            } else if (page != null && isText(page)) {
                String text = text(page);
                if (text != null) {
                    preamble(query);
                    plain(text);
                    return;
                }
            }
        }
        preamble(query);
        heading();
    }

    private void preamble(IndexQuery query) {
        boolean xhtml = query.has(IndexOptions.XHTML);
        html.append(xhtml ? XHTML_1 : HTML_4).append(title()).append("</title>\n");
        if (!settings.styleSheet().isEmpty()) {
            html.append("  <link rel=\"stylesheet\" href=\"")
                    .append(settings.styleSheet())
                    .append("\" type=\"text/css\"")
                    .append(xhtml ? " />\n" : ">\n");
        }
        html.append(settings.headInsert()).append(" </head>\n <body>\n");
    }

    private void heading() {
        html.append(settings.styleSheet().isEmpty() ? "<h1>Index of " : "  <h1 id=\"indextitle\">Index of ")
                .append(title())
                .append("</h1>\n");
    }

    /** What stands behind the list (emit_tail). */
    private void tail(IndexQuery query) {
        String name = settings.readmeName();
        Request page = name.isEmpty() ? null : lookedUp(name);
        boolean end = true;
        boolean signed = true;
        if (page != null && HtmlTitle.isHtml(page.contentType())) {
            if (included(page)) {
                signed = false;
                end = !query.has(IndexOptions.SUPPRESS_HTML_PREAMBLE);
            }
        } else if (page != null && isText(page)) {
            String text = text(page);
            if (text != null) {
                plain(text);
                signed = false;
            }
        }
        html.append(signed ? ServerSignature.of(request) : "").append(end ? "</body></html>\n" : "");
    }

    /** The file behind a URL, asked for as a client would that takes text alone; null where there is none. */
    private @Nullable Request lookedUp(String url) {
        HeaderMap headers = request.exchange().getRequestHeaders();
        Collection<String> accept = headers.remove(Headers.ACCEPT);
        Collection<String> encodings = headers.remove(Headers.ACCEPT_ENCODING);
        headers.put(Headers.ACCEPT, "text/html, text/plain");
        try {
            Lookup.Result found = request.lookUp(url);
            BasicFileAttributes file = found.request().file();
            boolean there = found.status() == 200 && file != null && file.isRegularFile();
            return there && found.request().contentType() != null ? found.request() : null;
        } finally {
            headers.remove(Headers.ACCEPT);
            restore(headers, Headers.ACCEPT, accept);
            restore(headers, Headers.ACCEPT_ENCODING, encodings);
        }
    }

    private static void restore(HeaderMap headers, HttpString name, @Nullable Collection<String> values) {
        if (values != null) {
            headers.putAll(name, values);
        }
    }

    private static boolean isText(Request page) {
        String type = String.valueOf(page.contentType());
        return type.regionMatches(true, 0, "text/", 0, 5);
    }

    /** Adds a page as it is; false for one that a program would have to make. */
    private boolean included(Request page) {
        String text = page.handler() == null ? text(page) : null;
        if (text == null) {
            request.log(
                    Level.ERROR,
                    "autoindex",
                    "page " + page.filename() + " has a handler and is not made part of the list of "
                            + request.filename());
            return false;
        }
        html.append(text);
        sentInParts = true;
        return true;
    }

    private static @Nullable String text(Request page) {
        String name = page.filename();
        Path path = name == null ? null : FileNames.path(name);
        try {
            return path == null ? null : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }

    private void plain(String text) {
        html.append("<pre>\n")
                .append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .append("</pre>\n");
    }
}
