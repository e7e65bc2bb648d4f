package dev.sluice.modules.proxy;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.module.Start;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.core.ServerName;
import dev.sluice.modules.proxy.balancer.Heartbeats;
import dev.sluice.modules.proxy.balancer.LbMethod;
import dev.sluice.modules.proxy.balancer.LbmethodHeartbeatModule;
import dev.sluice.request.ErrorLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the {@link ServerProxy} of each virtual host from its settings; hosts share the main server's workers. */
final class ServerProxies {
    private final Start start;
    private @Nullable Heartbeats heartbeats;
    private final Map<Server, ListenerPlan> plans;

    /** @param plans how the connections of each server are spoken, complete once serving has begun */
    ServerProxies(Start start, Map<Server, ListenerPlan> plans) {
        this.start = start;
        this.plans = plans;
    }

    /** @param main the main server's; null for the main server itself */
    ServerProxy of(Server server, @Nullable ServerProxy main) {
        ErrorLog log = start.errorLog(server);
        ProxySettings settings = settings(server.settings(), () -> tls(server));
        List<WorkerLine> lines = server.settings().get(ProxyModule.WORKERS).stream()
                .filter(line -> line.fromMain() == server.isMain())
                .toList();
        Workers workers = Workers.of(lines, main == null ? null : main.workers(), settings, log);
        List<String> modules = start.configuration().modules();
        Balancers balancers = modules.contains("proxy_balancer_module")
                ? balancers(server, main, settings, log)
                : Balancers.NONE;
        return new ServerProxy(
                passes(server),
                workers,
                balancers,
                new ForwardProxy(server.settings()),
                settings,
                schemes(modules),
                log);
    }

    private Balancers balancers(Server server, @Nullable ServerProxy main, ProxySettings settings, ErrorLog log) {
        // Either brings the main server's balancers with it (merge_proxy_config, mod_proxy.c).
        boolean inherits = server.settings().get(ProxyModule.BALANCER_INHERIT)
                || server.settings().get(ProxyModule.PASS_INHERIT);
        return Balancers.of(
                server.settings().get(ProxyModule.BALANCERS),
                server.isMain(),
                main == null || !inherits ? null : main.balancers(),
                new Balancers.Making(settings, this::method, log));
    }

    private @Nullable ProxyTlsPlan tls(Server server) {
        ListenerPlan plan = plans.get(server);
        return plan == null ? null : plan.proxyTls();
    }

    private @Nullable LbMethod method(String name) {
        return name.equals("heartbeat") ? heartbeats() : LbMethod.named(name);
    }

    private Heartbeats heartbeats() {
        Heartbeats known = heartbeats;
        if (known == null) {
            Server main = start.configuration().main();
            String file = main.settings().get(LbmethodHeartbeatModule.STORAGE);
            known = new Heartbeats(start.runtimeFolder().resolve(file), start.errorLog(main));
            heartbeats = known;
            start.onStop(known::close);
        }
        return known;
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
