package dev.sluice.server;

import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ErrorDocument;
import dev.sluice.modules.core.ServerSignature;
import dev.sluice.modules.core.StatusText;
import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.Filters;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers requests that end in a status: by ErrorDocument where one is set, else by httpd's own page (ap_die). */
final class ErrorResponses implements Responses {
    /** Statuses after which what the client sends cannot be trusted to be a request (ap_status_drops_connection). */
    private static final Set<Integer> DROP_CONNECTION = Set.of(400, 408, 411, 413, 414, 500, 501, 503);

    /** What hooks say about an error itself; httpd keeps it in a table that survives. */
    private static final Set<HttpString> KEPT =
            Set.of(Headers.WWW_AUTHENTICATE, Headers.PROXY_AUTHENTICATE, Headers.ALLOW, Headers.RETRY_AFTER);

    private final PhaseRunner phases;

    ErrorResponses(PhaseRunner phases) {
        this.phases = phases;
    }

    @Override
    public void fail(Request request, int status) {
        HttpServerExchange exchange = request.exchange();
        if (exchange.isResponseStarted()) {
            phases.abort(exchange);
            return;
        }
        if (dropsConnection(status)) {
            exchange.setPersistent(false);
        }
        int first = request.errorStatus() == 0 ? status : request.errorStatus();
        ErrorDocument document = request.errorStatus() == 0 ? document(request, status) : null;
        if (document == null) {
            page(request, first, request.errorStatus() == 0 ? null : ownPage(request, first, status));
            return;
        }
        String value = document.of(request);
        if (value == null) {
            page(request, status, null);
            return;
        }
        switch (document.kind()) {
            case MESSAGE -> page(request, status, value);
            case URL -> {
                exchange.getResponseHeaders().put(Headers.LOCATION, value);
                page(request, 302, null);
            }
            case PATH -> byPath(request, status, value);
            case DEFAULT -> page(request, status, null);
        }
    }

    static boolean dropsConnection(int status) {
        return status >= 400 && DROP_CONNECTION.contains(status);
    }

    private static @Nullable ErrorDocument document(Request request, int status) {
        ErrorDocument document =
                request.settings().get(CoreModule.ERROR_DOCUMENTS).get(status);
        return document == null || document.kind() == ErrorDocument.Kind.DEFAULT ? null : document;
    }

    private void byPath(Request request, int status, String path) {
        HttpServerExchange exchange = request.exchange();
        if (!exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.setRequestMethod(Methods.GET);
        }
        PhaseRunner.Next redirected = phases.redirected(request, path);
        Request next = redirected.request();
        if (next == null || redirected.status() != 0) {
            page(request, status, null);
            return;
        }
        next.errorStatus(status);
        next.environment().set("REDIRECT_STATUS", Integer.toString(status));
        next.environment().set("REDIRECT_URL", request.path());
        phases.restart(next);
    }

    @Override
    public Filters filters(Request request) {
        return request.exchange().getAttachment(Generation.KEY).filters();
    }

    @Override
    public void redirectInternally(Request request, String target) {
        PhaseRunner.Next redirected = phases.redirected(request, target);
        Request next = redirected.request();
        if (next == null) {
            fail(request, redirected.status());
            return;
        }
        next.errorStatus(request.errorStatus());
        if (redirected.status() != 0) {
            request.exchange().putAttachment(Request.KEY, next);
            if (redirected.status() == 400) {
                next.log(Level.ERROR, "core", "AH10244: invalid URI path (" + target + ")");
            }
            fail(next, redirected.status());
            return;
        }
        phases.restart(next);
    }

    private void page(Request request, int status, @Nullable String message) {
        HttpServerExchange exchange = request.exchange();
        request.errorPage(true);
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(request.statusText().isEmpty() ? null : request.statusText());
        HeaderMap headers = exchange.getResponseHeaders();
        dropOwnHeaders(headers, status);
        if (status == 304 || status == 204) {
            exchange.endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, "text/html; charset=iso-8859-1");
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            // httpd has made no page yet when it ends here, and knows no length.
            EmptyAnswer.end(exchange);
            return;
        }
        byte[] body = (message == null ? ownPage(request, exchange.getStatusCode(), 0) : message)
                .getBytes(StandardCharsets.ISO_8859_1);
        headers.put(Headers.CONTENT_LENGTH, Integer.toString(body.length));
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    /** The page that stands for a response which cannot be made after all; its head is changed, but not its status line. */
    static byte[] late(Request request, int status) {
        HttpServerExchange exchange = request.exchange();
        request.errorPage(true);
        request.endedWith(status);
        if (dropsConnection(status)) {
            exchange.setPersistent(false);
        }
        exchange.setReasonPhrase(null);
        HeaderMap headers = exchange.getResponseHeaders();
        dropOwnHeaders(headers, status);
        headers.put(Headers.CONTENT_TYPE, "text/html; charset=iso-8859-1");
        return ownPage(request, status, 0).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A page of the server's own has none of the headers of the answer that it replaces (ap_send_error_response). */
    private static void dropOwnHeaders(HeaderMap headers, int status) {
        boolean located = (status >= 300 && status < 400) || status == 201;
        for (HttpString name : List.copyOf(headers.getHeaderNames())) {
            if (!KEPT.contains(name) && !(located && name.equals(Headers.LOCATION))) {
                headers.remove(name);
            }
        }
    }

    /** {@code recursive} is the status that the error document ended in; 0 where there was none. */
    private static String ownPage(Request request, int status, int recursive) {
        String location = request.exchange().getResponseHeaders().getFirst(Headers.LOCATION);
        return ErrorPages.page(
                status,
                request.statusText(),
                request.method(),
                location == null ? "" : location,
                request.server().settings().get(CoreModule.SERVER_ADMIN),
                notes(request, status),
                additionally(recursive) + signature(request));
    }

    private static String notes(Request request, int status) {
        String expect = status == 417 ? request.exchange().getRequestHeaders().getFirst(Headers.EXPECT) : null;
        return expect == null ? request.errorNotes() : ErrorPages.expectation(expect);
    }

    private static String additionally(int recursive) {
        if (recursive == 0) {
            return "";
        }
        return "<p>Additionally, a " + recursive + " " + StatusText.of(recursive)
                + "\nerror was encountered while trying to use an ErrorDocument to handle the request.</p>\n";
    }

    private static String signature(Request request) {
        String signature = ServerSignature.of(request);
        return signature.isEmpty() ? "" : "<hr>\n" + signature;
    }

    static void logFailure(Request request, Throwable failure) {
        request.log(Level.ERROR, "core", "request failed: " + failure);
    }
}
