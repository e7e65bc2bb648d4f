package dev.sluice.modules.mappers.negotiation;

import dev.sluice.model.View;
import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.modules.core.Fields;
import dev.sluice.modules.core.HttpDate;
import dev.sluice.modules.core.StandardMethods;
import dev.sluice.modules.core.UnreadBody;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Lookup;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What mod_negotiation does in the phases of a request. */
public final class NegotiationHooks {
    private static final View<LanguageOrder> ORDER =
            View.of(s -> new LanguageOrder(s.get(LanguageOrder.PRIORITY), s.get(LanguageOrder.FORCE)));

    private NegotiationHooks() {}

    /** A name without a file stands for those that have it and extensions, where MultiViews is on (handle_multi). */
    public static Outcome multiViews(Request request) {
        String filename = request.filename();
        if (request.file() != null
                || filename == null
                || request.isProxied()
                || !request.settings().view(DirectoryOptions.IN_FORCE).has(DirectoryOptions.MULTI_VIEWS)) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        TypeMap.Result found = new MultiViews(request).read();
        if (found.status() != 0) {
            return Outcome.status(found.status());
        }
        if (found.variants().isEmpty()) {
            return Outcome.DECLINED;
        }
        boolean scripts = (!request.method().equals("GET") && !request.method().equals("HEAD"))
                || !request.query().isEmpty()
                || !request.pathInfo().isEmpty();
        Negotiation.Result chosen =
                new Negotiation(request, found.variants(), request.settings().view(ORDER), scripts).run();
        Variant best = chosen.best();
        if (chosen.status() != 0 || best == null) {
            return Outcome.status(chosen.status());
        }
        Request looked = best.looked;
        if (looked == null) {
            Lookup.Result result = request.lookUpFile(best.name);
            if (result.status() != 200) {
                return Outcome.status(result.status());
            }
            looked = result.request();
        }
        return Negotiation.goOnWith(request, looked);
    }

    /** HTTP/1.0 knows no Vary: its caches must not keep what was negotiated, unless CacheNegotiatedDocs lets them. */
    private static void expire(Request request) {
        String protocol = request.exchange().getProtocol().toString();
        boolean old = protocol.equals("HTTP/1.0") || protocol.equals("HTTP/0.9");
        if (old && !request.server().settings().get(NegotiationLines.CACHE_NEGOTIATED_DOCS)) {
            String now = HttpDate.format(System.currentTimeMillis() / 1000);
            request.exchange().getResponseHeaders().put(Headers.EXPIRES, now);
        }
    }

    /** A file that lists variants (handle_map_file). */
    public static Outcome typeMap(Request request) {
        String handler = request.handler() == null ? request.contentType() : request.handler();
        if (request.isProxied() || !("type-map".equals(handler) || TypeMap.MEDIA_TYPE.equals(handler))) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        Negotiation.validate(request, request.file());
        TypeMap.Result found = TypeMap.read(request, request);
        if (found.status() != 0) {
            return Outcome.status(found.status());
        }
        Negotiation.Result chosen =
                new Negotiation(request, found.variants(), request.settings().view(ORDER), false).run();
        Variant best = chosen.best();
        if (chosen.status() != 0 || best == null) {
            return Outcome.status(chosen.status());
        }
        expire(request);
        return best.body != null ? body(request, best, best.body) : redirect(request, best);
    }

    private static Outcome redirect(Request request, Variant best) {
        String path = request.path();
        String rest = request.pathInfo();
        String own = path.endsWith(rest) ? path.substring(0, path.length() - rest.length()) : path;
        String folder = UrlPath.escaped(own.substring(0, own.lastIndexOf('/') + 1));
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return Outcome.internalRedirect(folder + best.name + rest + query);
    }

    private static Outcome body(Request request, Variant best, String body) {
        String method = request.method();
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            StandardMethods.allow(request);
            return Outcome.status(405);
        }
        int refused = UnreadBody.status(request);
        if (refused != 0) {
            return Outcome.status(refused);
        }
        HeaderMap headers = request.exchange().getResponseHeaders();
        headers.put(Headers.ACCEPT_RANGES, "bytes");
        String charset = best.charset.isEmpty() ? "" : "; charset=" + best.charset;
        if (!best.type.isEmpty()) {
            headers.put(Headers.CONTENT_TYPE, best.type + charset);
        }
        if (!best.languages.isEmpty()) {
            headers.put(Headers.CONTENT_LANGUAGE, best.languageList());
        }
        if (best.encoding != null) {
            headers.put(Headers.CONTENT_ENCODING, best.encoding);
        }
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return Outcome.answerWith(exchange -> send(exchange, bytes));
    }

    private static void send(HttpServerExchange exchange, byte[] body) {
        exchange.setResponseContentLength(body.length);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    /** The encoding under the name that the client knows it by, with {@code x-} or without (fix_encoding). */
    public static Outcome encoding(Request request) {
        String encoding = request.contentEncoding();
        List<Accepted> asked = encoding == null || encoding.isEmpty()
                ? null
                : Accepted.header(Fields.request(request.exchange(), Headers.ACCEPT_ENCODING));
        if (asked == null || encoding == null) {
            return Outcome.DECLINED;
        }
        String plain = VariantChoice.withoutX(encoding);
        String older = null;
        for (Accepted each : asked) {
            if (each.name().equals(plain)) {
                request.contentEncoding(plain);
                return Outcome.OK;
            }
            older = each.name().equals("x-" + plain) ? each.name() : older;
        }
        if (older == null) {
            return Outcome.DECLINED;
        }
        request.contentEncoding(older);
        return Outcome.OK;
    }
}
