package dev.sluice.modules.aaa;

import dev.sluice.modules.core.RemoteHost;
import dev.sluice.request.Request;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The client's address and the name that DNS has for it. */
final class ClientHost {
    private ClientHost() {}

    static InetAddress address(Request request) {
        return request.exchange().getSourceAddress().getAddress();
    }

    /** The name of the client's address, where that name leads back to the address; else null. Blocks. */
    static @Nullable String name(Request request) {
        return RemoteHost.lookUp(request.exchange());
    }

    /** True where {@code host} is one of the addresses of {@code name}. Blocks. */
    static boolean isAddressOf(InetAddress host, String name) {
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                if (each.equals(host)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** True where {@code host} is {@code domain} or below it, whole labels at a time. */
    static boolean isIn(String domain, String host) {
        int rest = host.length() - domain.length();
        return rest >= 0
                && host.regionMatches(true, rest, domain, 0, domain.length())
                && (rest == 0 || domain.startsWith(".") || host.charAt(rest - 1) == '.');
    }
}
