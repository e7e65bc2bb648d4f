package dev.sluice.modules.proxy;

import dev.sluice.modules.core.IpSubnet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A word of NoProxy: hosts that are asked without another proxy (set_proxy_dirconn, mod_proxy.c).
 *
 * @param name of a host, or {@code .domain}; in lower case
 * @param subnet null where it is no address
 */
record DirectHost(String name, @Nullable IpSubnet subnet) {
    static DirectHost of(String word) {
        return new DirectHost(word.toLowerCase(Locale.ROOT), subnet(word));
    }

    private static @Nullable IpSubnet subnet(String word) {
        int slash = word.indexOf('/');
        try {
            return IpSubnet.parse(slash < 0 ? word : word.substring(0, slash), slash < 0 ? null : word.substring(slash + 1));
        } catch (IpSubnet.Invalid e) {
            // httpd takes it for a name, too, which no host has.
            return null;
        }
    }

    /** {@code host} in lower case. Names are not resolved. */
    boolean isIt(String host) {
        if (subnet != null && isAddress(host)) {
            try {
                return subnet.contains(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return false;
            }
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
