package dev.sluice.modules.core;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Virtual hosts of an address and without ServerName go by the name that the resolver has for it (ap_fini_vhost_config). */
final class NamelessHosts {
    /** Asked once, at the start; a host that is gone takes its name with it. */
    private static final Map<Server, String> NAMES = Collections.synchronizedMap(new WeakHashMap<>());

    /** As getaddrinfo has it. */
    private static final String UNKNOWN = "(EAI 2)Name or service not known: ";

    private NamelessHosts() {}

    /** Asks the resolver for all of {@code configuration}, and blocks. Hands back what httpd says of those it does not know. */
    static List<String> resolve(Configuration configuration) {
        List<String> unknown = new ArrayList<>();
        for (Server host : configuration.hosts()) {
            boolean isKnown = host.addresses().stream()
                            .map(address -> isKnown(address, unknown))
                            .filter(known -> known)
                            .count()
                    > 0;
            if (isKnown
                    && !host.gives(CoreModule.SERVER_NAME)
                    && host.addresses().stream().noneMatch(NamelessHosts::isAny)) {
                resolve(host, unknown);
            }
        }
        return unknown;
    }

    private static boolean isKnown(String address, List<String> unknown) {
        Address parsed = Address.parse(address);
        String name = parsed == null ? null : parsed.host();
        if (name == null || isAny(address)) {
            return true;
        }
        try {
            InetAddress.getAllByName(name);
            return true;
        } catch (UnknownHostException e) {
            unknown.add(UNKNOWN + "AH00547: Could not resolve host name " + name + " -- ignoring!");
            return false;
        }
    }

    private static void resolve(Server host, List<String> unknown) {
        Address first = Address.parse(host.addresses().get(0));
        String text = first == null ? null : first.host();
        if (text == null) {
            return;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            String name = address.getCanonicalHostName();
            boolean known = !name.equals(address.getHostAddress());
            NAMES.put(host, known ? name : "bogus_host_without_reverse_dns");
            if (!known) {
                unknown.add(UNKNOWN + "AH00549: Failed to resolve server name for " + text
                        + " (check DNS) -- or specify an explicit ServerName");
            }
        } catch (UnknownHostException e) {
            NAMES.put(host, "bogus_host_without_forward_dns");
        }
    }

    private static boolean isAny(String address) {
        Address parsed = Address.parse(address);
        String host = parsed == null ? null : parsed.host();
        return host == null || host.equals("*") || host.equalsIgnoreCase("_default_") || host.equals("0.0.0.0");
    }

    /** Null for a host whose name nobody had to look for. */
    static @Nullable String name(Server host) {
        return host.isMain() ? null : NAMES.get(host);
    }
}
