package dev.sluice.server;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.modules.core.Address;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the virtual host of a request as httpd does: by the address it came in at, then by name among the hosts of that
 * address. Hosts of {@code *} are asked only where no host has the address itself.
 */
public final class VirtualHostRouter {
    /** Any port. */
    private static final int ANY = 0;

    private final Server main;
    private final boolean anyStrict;
    private final Map<InetSocketAddress, AddressSet> exact = new HashMap<>();
    private final Map<InetAddress, AddressSet> anyPort = new HashMap<>();
    private final Map<Integer, AddressSet> wildcard = new HashMap<>();

    /** @param unresolved told of each address whose name has none: the address and its host */
    public VirtualHostRouter(Configuration configuration, BiConsumer<Server, String> unresolved) {
        this.main = configuration.main();
        this.anyStrict = configuration.servers().anyMatch(s -> s.settings().get(CoreModule.STRICT_HOST_CHECK));
        for (Server host : configuration.hosts()) {
            for (String text : host.addresses()) {
                add(host, text, unresolved);
            }
        }
    }

    private void add(Server host, String text, BiConsumer<Server, String> unresolved) {
        Address address = Address.parse(text);
        if (address == null) {
            unresolved.accept(host, text);
            return;
        }
        String name = address.host();
        if (name == null || name.equals("*") || name.equalsIgnoreCase("_default_")) {
            atAnyAddress(Math.max(ANY, address.port())).add(host, name == null ? "" : name);
            return;
        }
        int port = address.port() == 0 ? mainPort() : Math.max(ANY, address.port());
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                AddressSet hosts = each.isAnyLocalAddress() ? atAnyAddress(port) : set(each, port);
                hosts.add(host, name);
            }
        } catch (UnknownHostException e) {
            unresolved.accept(host, name);
        }
    }

    /** An address without a port means the main server's ServerName, where that has one. */
    private int mainPort() {
        return main.settings().get(CoreModule.SERVER_NAME).map(ServerName::port).orElse(ANY);
    }

    private AddressSet atAnyAddress(int port) {
        return wildcard.computeIfAbsent(port, p -> new AddressSet());
    }

    private AddressSet set(InetAddress address, int port) {
        return port == ANY
                ? anyPort.computeIfAbsent(address, a -> new AddressSet())
                : exact.computeIfAbsent(new InetSocketAddress(address, port), a -> new AddressSet());
    }

    /** The hosts of a local address; null where only the main server answers there. */
    public @Nullable Server addressDefault(InetSocketAddress local) {
        AddressSet set = at(local);
        return set == null ? null : set.first();
    }

    /** The virtual hosts that share a local address, in the order of reading. */
    public List<Server> hostsAt(InetSocketAddress local) {
        AddressSet set = at(local);
        return set == null
                ? List.of(main)
                : set.entries().stream().map(AddressSet.Entry::server).toList();
    }

    private @Nullable AddressSet at(InetSocketAddress local) {
        AddressSet set = exact.get(local);
        if (set == null && !anyPort.isEmpty()) {
            set = anyPort.get(local.getAddress());
        }
        if (set == null) {
            set = wildcard.get(local.getPort());
        }
        return set == null ? wildcard.get(ANY) : set;
    }

    /** The server that answers for {@code hostName} (a Host header, or a name from SNI) at a local address. */
    public Server route(InetSocketAddress local, @Nullable String hostName) {
        return route(local, hostName, "");
    }

    /** The same; {@code target} says by ServerPath who answers where there is no name. */
    private Server route(InetSocketAddress local, @Nullable String hostName, String target) {
        AddressSet set = at(local);
        return set == null ? main : set.choose(hostName, target);
    }

    /** True where StrictHostCheck refuses a request: no host of its address goes by the name that it asks for. */
    boolean isStranger(HttpServerExchange exchange) {
        if (!anyStrict) {
            return false;
        }
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        AddressSet set = at(exchange.getConnection().getLocalAddress(InetSocketAddress.class));
        Server first = set == null ? main : set.first();
        if (host == null || host.isEmpty() || !first.settings().get(CoreModule.STRICT_HOST_CHECK)) {
            return false;
        }
        return set == null ? !AddressSet.Entry.of(main, "").goesBy(AddressSet.name(host)) : !set.has(host);
    }

    Server route(HttpServerExchange exchange) {
        return route(
                exchange.getConnection().getLocalAddress(InetSocketAddress.class),
                exchange.getRequestHeaders().getFirst(Headers.HOST),
                exchange.getRequestPath());
    }
}
