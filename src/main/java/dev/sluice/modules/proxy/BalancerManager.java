package dev.sluice.modules.proxy;

import dev.sluice.model.Server;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.modules.core.ServerSignature;
import dev.sluice.modules.proxy.balancer.Balancer;
import dev.sluice.modules.proxy.balancer.BalancerChanges;
import dev.sluice.modules.proxy.balancer.BalancerManagerPage;
import dev.sluice.modules.proxy.balancer.BalancerManagerXml;
import dev.sluice.modules.proxy.balancer.Member;
import dev.sluice.modules.proxy.balancer.SavedBalancers;
import dev.sluice.modules.proxy.hcheck.HealthCondition;
import dev.sluice.modules.proxy.hcheck.ProxyHcheckModule;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The balancer-manager of one server (balancer_handler, mod_proxy_balancer.c): shows the balancers, and changes them where
 * the form shows the balancer's nonce and the client comes from this server's own page.
 */
final class BalancerManager implements HttpHandler {
    /** Bytes of a form that are read; httpd ends there, too. */
    private static final int MAX_FORM = 1024;

    /** What a query may say; everything else is for forms. */
    private static final Set<String> OF_QUERY = Set.of("w", "b", "nonce", "xml");

    private final Server server;
    private final Balancers balancers;
    private final List<String> modules;
    private final @Nullable SavedBalancers saved;
    private final String id;

    /** @param saved where changes are kept; null where they are not */
    BalancerManager(Server server, Balancers balancers, List<String> modules, @Nullable SavedBalancers saved) {
        this.server = server;
        this.balancers = balancers;
        this.modules = modules;
        this.saved = saved;
        this.id = ServerId.of(server);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Request request = Request.of(exchange);
        if (request == null) {
            throw new IllegalStateException("exchange: without a request (expected: one of the phases)");
        }
        exchange.dispatch(() -> answer(exchange, request));
    }

    private void answer(HttpServerExchange exchange, Request request) {
        Map<String, String> asked = new LinkedHashMap<>();
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            try {
                exchange.startBlocking();
                InputStream form = exchange.getInputStream();
                read(new String(form.readNBytes(MAX_FORM), StandardCharsets.ISO_8859_1), null, asked);
            } catch (IOException e) {
                request.fail(400);
                return;
            }
        } else {
            read(request.query(), OF_QUERY, asked);
        }
        String name = SelfReference.serverName(request);
        String referer = exchange.getRequestHeaders().getFirst(Headers.REFERER);
        if (!asked.isEmpty() && !isHere(referer, name)) {
            request.log(
                    Level.ERROR,
                    "proxy_balancer",
                    "AH10187: ignoring params in balancer-manager cross-site access "
                            + (referer == null ? "(null)" : referer) + ": " + name);
            asked.clear();
        }
        Balancer balancer = asked.containsKey("b") ? balancers.named("balancer://" + asked.get("b")) : null;
        String worker = asked.get("w");
        Member member = balancer == null || worker == null ? null : balancer.member(worker);
        if (balancer != null && isShown(balancer, asked)) {
            change(balancer, member, asked, request);
        }
        boolean xml = asked.containsKey("xml");
        String page = xml
                ? BalancerManagerXml.of(balancers.all())
                : BalancerManagerPage.of(shown(request, name), balancers.all(), balancer, member);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, xml ? "text/xml" : "text/html; charset=ISO-8859-1");
        exchange.getResponseSender().send(ByteBuffer.wrap(page.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static boolean isShown(Balancer balancer, Map<String, String> asked) {
        return !balancer.nonce().isEmpty() && balancer.nonce().equals(asked.get("nonce"));
    }

    private void change(Balancer balancer, @Nullable Member member, Map<String, String> asked, Request request) {
        if (member != null) {
            BalancerChanges.apply(balancer, member, asked, conditions().keySet());
        }
        BalancerChanges.apply(balancer, asked);
        String url = asked.get("b_nwrkr");
        if (url != null && "1".equals(asked.get("b_wyes"))) {
            if (!balancers.add(balancer, url)) {
                request.log(
                        Level.ERROR, "proxy_balancer", "AH10164: " + balancer.name() + ": failed to add worker " + url);
            }
        }
        if (saved != null) {
            saved.save(balancers.all());
        }
    }

    private Map<String, HealthCondition> conditions() {
        return server.settings().get(ProxyHcheckModule.CONDITIONS);
    }

    private BalancerManagerPage.Server shown(Request request, String name) {
        return new BalancerManagerPage.Server(
                name,
                request.path(),
                SelfReference.url(request, request.path()),
                Product.tokens(request.server().settings().get(CoreModule.SERVER_TOKENS)),
                Product.BUILT,
                server.settings().get(ProxyModule.BALANCER_PERSIST),
                server.settings().get(ProxyModule.BALANCER_INHERIT),
                server.settings().get(ProxyModule.PASS_INHERIT),
                modules.contains("proxy_hcheck_module") ? conditions() : null,
                modules.stream()
                        .filter(module -> module.startsWith("lbmethod_"))
                        .map(module -> module.substring("lbmethod_".length(), module.length() - "_module".length()))
                        .sorted()
                        .toList(),
                id,
                ServerSignature.of(request));
    }

    private static boolean isHere(@Nullable String referer, String name) {
        try {
            String host = referer == null ? null : new URI(referer).getHost();
            return host != null && host.equalsIgnoreCase(name);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void read(String text, @Nullable Set<String> allowed, Map<String, String> out) {
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = unescaped(equals < 0 ? pair : pair.substring(0, equals));
            if (allowed == null || allowed.contains(key)) {
                out.put(key, unescaped(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
    }

    /** Forms write a space as a plus; a plus of a URL they escape. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return "balancer-manager";
    }
}
