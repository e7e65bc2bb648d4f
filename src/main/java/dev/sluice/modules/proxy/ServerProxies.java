package dev.sluice.modules.proxy;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.module.Start;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.core.ServerName;
import dev.sluice.request.ErrorLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the {@link ServerProxy} of each virtual host from its settings; hosts share the main server's workers. */
final class ServerProxies {
    private final Start start;
    private final Map<String, Worker> ofMain = new HashMap<>();

    ServerProxies(Start start) {
        this.start = start;
    }

    ServerProxy of(Server server, @Nullable ListenerPlan plan) {
        ErrorLog log = start.errorLog(server);
        ProxySettings settings = settings(server.settings(), () -> plan == null ? null : plan.proxyTls());
        List<WorkerLine> lines = new ArrayList<>();
        for (Section section : server.sections()) {
            lines.addAll(section.settings().get(ProxyModule.WORKERS_IN_SECTIONS));
        }
        Workers workers = Workers.of(server.settings().get(ProxyModule.WORKERS), lines, settings, log, ofMain);
        Set<String> schemes = schemes(start.configuration().modules());
        return new ServerProxy(
                passes(server), workers, new ForwardProxy(server.settings()), settings, schemes, log);
    }

    /** Which schemes the loaded modules speak. */
    private static Set<String> schemes(List<String> modules) {
        Set<String> schemes = new HashSet<>();
        if (modules.contains("proxy_http_module")) {
            schemes.addAll(Set.of("http", "https", "ws", "wss"));
        }
        if (modules.contains("proxy_http2_module")) {
            schemes.addAll(Set.of("h2", "h2c"));
        }
        if (modules.contains("proxy_connect_module")) {
            schemes.add("connect");
        }
        for (String gateway : List.of("fcgi", "scgi", "uwsgi", "ajp")) {
            if (modules.contains("proxy_" + gateway + "_module")) {
                schemes.add(gateway);
            }
        }
        return Set.copyOf(schemes);
    }

    private static List<ProxyPass> passes(Server server) {
        List<ProxyPass> all = server.settings().get(ProxyModule.PASSES);
        if (server.isMain() || server.settings().get(ProxyModule.PASS_INHERIT)) {
            return all;
        }
        return all.stream().filter(pass -> !pass.fromMain()).toList();
    }

    private static ProxySettings settings(Settings settings, Supplier<@Nullable ProxyTlsPlan> tls) {
        Duration own = settings.get(ProxyModule.TIMEOUT);
        Duration timeout = settings.get(CoreModule.TIMEOUT);
        return new ProxySettings(
                own.isZero() ? timeout : own,
                timeout,
                settings.get(ProxyModule.VIA),
                settings.get(CoreModule.SERVER_NAME).map(ServerName::host).orElseGet(ServerProxies::hostName),
                Product.tokens(CoreModule.Tokens.MINIMAL),
                settings.get(ProxyModule.BAD_HEADER),
                settings.get(ProxyModule.IO_BUFFER_SIZE),
                settings.get(ProxyModule.RECEIVE_BUFFER_SIZE),
                settings.get(ProxyModule.MAX_FORWARDS),
                settings.get(ProxyModule.SOURCE_ADDRESS).orElse(null),
                tls);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
