package dev.sluice.cli;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.modules.core.Address;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * What {@code -D DUMP_VHOSTS} prints. The order is that of httpd's table of addresses (server/vhost.c): hosts are put in from
 * the last to the first, each before what its bucket has, and a bucket is chosen by the bytes of the address.
 */
final class VirtualHostList {
    private static final int BUCKETS = 256;
    private static final int ANY_PORT = 0;

    /** The hosts of one address and port, the first that was read in front. */
    private record Group(String address, int port, Deque<Server> hosts) {
        boolean is(String otherAddress, int otherPort) {
            return address.equals(otherAddress) && port == otherPort;
        }
    }

    private final Configuration configuration;
    private final TreeMap<Integer, Deque<Group>> byAddress = new TreeMap<>();
    private final Deque<Group> wildcards = new ArrayDeque<>();

    private VirtualHostList(Configuration configuration) {
        this.configuration = configuration;
    }

    static List<String> of(Configuration configuration) {
        VirtualHostList list = new VirtualHostList(configuration);
        List<Server> hosts = configuration.hosts();
        for (int i = hosts.size() - 1; i >= 0; i--) {
            for (String word : hosts.get(i).addresses()) {
                list.add(hosts.get(i), word);
            }
        }
        List<String> lines = new ArrayList<>();
        list.byAddress.values().forEach(groups -> groups.forEach(group -> list.print(group, lines)));
        list.wildcards.forEach(group -> list.print(group, lines));
        return lines;
    }

    private void add(Server host, String word) {
        Address address = Address.parse(word);
        String name = address == null ? null : address.host();
        if (address == null || name == null) {
            return;
        }
        if (name.equals("*") || name.equalsIgnoreCase("_default_")) {
            put(wildcards, "*", Math.max(address.port(), ANY_PORT), host);
            return;
        }
        int port = address.port() == 0 ? mainPort() : Math.max(address.port(), ANY_PORT);
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                if (each.isAnyLocalAddress()) {
                    put(wildcards, "*", port, host);
                } else {
                    Deque<Group> bucket = byAddress.computeIfAbsent(bucket(each), b -> new ArrayDeque<>());
                    put(bucket, text(each), port, host);
                }
            }
        } catch (UnknownHostException e) {
            return;
        }
    }

    private static void put(Deque<Group> bucket, String address, int port, Server host) {
        Group group =
                bucket.stream().filter(g -> g.is(address, port)).findFirst().orElse(null);
        if (group == null) {
            group = new Group(address, port, new ArrayDeque<>());
            bucket.addFirst(group);
        }
        group.hosts.addFirst(host);
    }

    /** As hash_addr: the last four bytes of the address. */
    private static int bucket(InetAddress address) {
        byte[] bytes = address.getAddress();
        int at = bytes.length - 4;
        int folded = (bytes[at] ^ bytes[at + 2]) ^ (bytes[at + 1] ^ bytes[at + 3]);
        return folded & (BUCKETS - 1);
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + shortened(text) + "]";
    }

    /** The longest run of zeros is left out, as inet_ntop writes it. */
    private static String shortened(String text) {
        String[] groups = text.split(":", -1);
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        if (best < 0) {
            return text;
        }
        List<String> all = List.of(groups);
        return String.join(":", all.subList(0, best)) + "::"
                + String.join(":", all.subList(best + bestLength, all.size()));
    }

    private int mainPort() {
        return configuration
                .main()
                .settings()
                .get(CoreModule.SERVER_NAME)
                .map(ServerName::port)
                .orElse(ANY_PORT);
    }

    private void print(Group group, List<String> lines) {
        String port = group.port == ANY_PORT ? "*" : Integer.toString(group.port);
        String heading = String.format("%-22s ", group.address + ":" + port);
        Server first = group.hosts.getFirst();
        if (group.hosts.size() == 1) {
            lines.add(heading + described(first));
            return;
        }
        lines.add(heading + "is a NameVirtualHost");
        lines.add("         default server " + described(first));
        for (Server host : group.hosts) {
            lines.add("         port " + port + " namevhost " + described(host));
            aliases(host, false, lines);
            aliases(host, true, lines);
        }
    }

    private static void aliases(Server host, boolean wild, List<String> lines) {
        for (String alias : host.settings().get(CoreModule.SERVER_ALIASES)) {
            boolean pattern = alias.indexOf('*') >= 0 || alias.indexOf('?') >= 0;
            if (pattern == wild) {
                lines.add("                 " + (wild ? "wild alias " : "alias ") + alias);
            }
        }
    }

    private String described(Server host) {
        return name(host) + " (" + host.place() + ")";
    }

    private static String name(Server host) {
        String resolved = CoreModule.resolvedName(host);
        if (resolved != null) {
            return resolved;
        }
        return host.settings().get(CoreModule.SERVER_NAME).map(ServerName::host).orElse("127.0.0.1");
    }
}
