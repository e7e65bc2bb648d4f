package dev.sluice.modules.proxy;

import dev.sluice.expression.Functions;
import dev.sluice.model.Server;
import dev.sluice.modules.core.SelfReference;

/** What tells the balancers of one server from those of another: {@code p} and a hash (make_server_id, mod_proxy_balancer.c). */
final class ServerId {
    private ServerId() {}

    static String of(Server server) {
        String word = server.addresses().isEmpty() ? "" : server.addresses().get(0);
        int colon = word.indexOf(':', word.lastIndexOf(']') + 1);
        String host = colon < 0 ? word : word.substring(0, colon);
        String digits = colon < 0 ? "" : word.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        boolean any = host.isEmpty() || host.equals("*") || host.equals("_default_");
        String text = host
                + (any ? "0.0.0.0" : host)
                + (char) (port & 0xFF)
                + (char) (port >> 8)
                + SelfReference.configuredName(server);
        return "p" + Integer.toHexString(hash(Functions.digest("MD5", text)));
    }

    /** The SDBM hash (ap_proxy_hashfunc). */
    private static int hash(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = text.charAt(i) + (hash << 6) + (hash << 16) - hash;
        }
        return hash;
    }
}
