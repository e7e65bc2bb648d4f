package dev.sluice.modules.core;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Virtual hosts of an address and without ServerName go by the name that the resolver has for it (ap_fini_vhost_config). */
final class NamelessHosts {
    /** Asked once, at the start; a host that is gone takes its name with it. */
    private static final Map<Server, String> NAMES = Collections.synchronizedMap(new WeakHashMap<>());

    private NamelessHosts() {}

    /** Asks the resolver for all of {@code configuration}, and blocks. */
    static void resolve(Configuration configuration, ErrorLog log) {
        for (Server host : configuration.hosts()) {
            if (!host.gives(CoreModule.SERVER_NAME) && host.addresses().stream().noneMatch(NamelessHosts::isAny)) {
                resolve(host, log);
            }
        }
    }

    private static void resolve(Server host, ErrorLog log) {
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
                log.log(Level.WARN, "core", "there is no name for " + text + ": " + host + " has no ServerName");
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
