package dev.sluice.modules.proxy;

import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Matcher;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.modules.core.SectionMatchers;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines about requests for other servers: what goes where, and what goes nowhere (add_proxy and others, mod_proxy.c). */
final class ForwardLines {
    /** ProxyRequests: whether clients may ask for any URL. */
    static final Setting<Boolean> REQUESTS = perServer("ProxyRequests", false);

    static final Setting<List<ProxyRemote>> REMOTES =
            perServer("ProxyRemote", List.<ProxyRemote>of(), Merge.append()).inheriting(Merge.prepend());

    /** ProxyBlock: parts of names of hosts, in lower case; {@code *} for all. */
    static final Setting<List<String>> BLOCKED = perServer("ProxyBlock", List.<String>of(), Merge.append());

    static final Setting<List<DirectHost>> DIRECT = perServer("NoProxy", List.<DirectHost>of(), Merge.append());

    /** ProxyDomain, which begins with a dot. */
    static final Setting<Optional<String>> DOMAIN = perServer("ProxyDomain", Optional.empty());

    private ForwardLines() {}

    static void remote(Line line, Scope scope) throws BadArgument {
        remote(line, scope, line.words().get(0).text().toLowerCase(Locale.ROOT), null);
    }

    static void remoteMatch(Line line, Scope scope) throws BadArgument {
        String text = line.words().get(0).text();
        Matcher matcher = SectionMatchers.regex(text);
        if (matcher == null || matcher.pattern() == null) {
            throw new BadArgument("Regular expression for ProxyRemoteMatch could not be compiled.");
        }
        remote(line, scope, text, matcher.pattern());
    }

    private static void remote(
            Line line, Scope scope, String what, java.util.regex.@org.jspecify.annotations.Nullable Pattern pattern)
            throws BadArgument {
        String name = line.name();
        String url = line.words().get(1).text();
        int authority = url.indexOf("://");
        if (authority <= 0) {
            throw new BadArgument(name + ": Bad syntax for a remote proxy server");
        }
        String port = port(url.substring(authority + 3));
        if (!port.isEmpty() && pattern == null && !isPort(port)) {
            throw new BadArgument(name + ": Bad syntax for a remote proxy server (bad port number)");
        }
        ProxyUrl parsed = ProxyUrl.parse(url);
        if (parsed == null || !parsed.scheme().equals("http")) {
            throw BadArgument.refusal(name + " " + url + " is not supported: other proxies are asked by http alone");
        }
        if (line.words().size() > 2) {
            throw BadArgument.refusal(name + " with a password is not supported");
        }
        scope.give(REMOTES, List.of(new ProxyRemote(what, pattern, parsed)), line.span());
    }

    private static String port(String authority) {
        int end = 0;
        while (end < authority.length() && authority.charAt(end) != '/') {
            end++;
        }
        int colon = authority.lastIndexOf(':', end - 1);
        return colon < 0 ? "" : authority.substring(colon + 1, end);
    }

    private static boolean isPort(String text) {
        return text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(text) < 65_536;
    }

    static void block(Line line, Scope scope) {
        for (Word word : line.words()) {
            scope.give(BLOCKED, List.of(word.text().toLowerCase(Locale.ROOT)), line.span());
        }
    }

    static void direct(Line line, Scope scope) {
        for (Word word : line.words()) {
            scope.give(DIRECT, List.of(DirectHost.of(word.text())), line.span());
        }
    }

    static void domain(Line line, Scope scope) throws BadArgument {
        String domain = line.words().get(0).text();
        if (!domain.startsWith(".")) {
            throw new BadArgument("ProxyDomain: domain name must start with a dot.");
        }
        scope.give(DOMAIN, Optional.of(domain), line.span());
    }
}
