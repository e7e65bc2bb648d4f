package dev.sluice.modules.metadata;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.IpSubnet;
import dev.sluice.modules.core.IpText;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes back through the header that proxies add to, from the address of the connection, as long as each is to be believed
 * (remoteip_modify_request, mod_remoteip.c). Names in the header are not looked up.
 */
final class ClientAddress {
    private final Request request;
    private final String header;
    private final List<TrustedProxy> proxies;
    private @Nullable String rest;
    private @Nullable String passed;
    private InetAddress address;
    private boolean found;

    private ClientAddress(Request request, String header, List<TrustedProxy> proxies, String value, InetAddress peer) {
        this.request = request;
        this.header = header;
        this.proxies = proxies;
        this.rest = value;
        this.address = peer;
    }

    static Outcome find(Request request) {
        Settings settings = request.server().settings();
        String name = settings.get(RemoteipModule.HEADER);
        InetSocketAddress peer = request.exchange().getSourceAddress();
        if (name.isEmpty() || peer == null || peer.getAddress() == null) {
            return Outcome.DECLINED;
        }
        HeaderMap headers = request.exchange().getRequestHeaders();
        HeaderValues values = headers.get(name);
        if (values == null || values.isEmpty()) {
            return Outcome.OK;
        }
        String value = values.size() == 1 ? values.getFirst() : String.join(", ", values);
        ClientAddress client =
                new ClientAddress(request, name, settings.get(RemoteipModule.PROXIES), value, peer.getAddress());
        client.walk();
        if (client.found) {
            client.leave(headers, settings.get(RemoteipModule.PROXIES_HEADER));
        }
        return Outcome.OK;
    }

    private void walk() {
        boolean goesOn = true;
        while (goesOn && rest != null) {
            TrustedProxy proxy = TrustedProxy.of(address, proxies);
            goesOn = (proxies.isEmpty() || proxy != null) && step(rest, proxy != null && proxy.internal());
        }
    }

    /** Takes the last address of {@code list}; false where it is none, or none that is believed. */
    private boolean step(String list, boolean internal) {
        int comma = list.lastIndexOf(',');
        String last = list.substring(comma + 1).strip();
        InetAddress next = last.isEmpty() ? null : literal(last);
        if (next == null || (!internal && isPrivate(next))) {
            complain(last, next != null);
            return false;
        }
        if (!internal) {
            passed = passed == null ? IpText.of(address) : passed + ", " + IpText.of(address);
        }
        address = next;
        rest = comma < 0 ? null : list.substring(0, comma);
        found = true;
        return true;
    }

    private void complain(String value, boolean isAddress) {
        if (!value.isEmpty() && request.errorLog().keeps(Level.DEBUG, "remoteip")) {
            String why = isAddress
                    ? "AH01569: RemoteIP: Header " + header + " value of " + value
                            + " appears to be a private IP or nonsensical.  Ignored"
                    : "AH01568: RemoteIP: Header " + header + " value of " + value + " cannot be parsed as a client IP";
            request.log(Level.DEBUG, "remoteip", why);
        }
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            IpSubnet subnet = IpSubnet.parse(text, null);
            return subnet == null || text.endsWith(".") ? null : InetAddress.getByName(text);
        } catch (IpSubnet.Invalid | UnknownHostException e) {
            return null;
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 255;
        int second = bytes[1] & 255;
        if (address instanceof Inet4Address) {
            return first == 10
                    || first == 127
                    || (first == 169 && second == 254)
                    || (first == 172 && (second & 0xf0) == 16)
                    || (first == 192 && second == 168);
        }
        return (first & 0xe0) != 0x20;
    }

    /** What was not believed stays in the header. */
    private void leave(HeaderMap headers, String proxiesHeader) {
        HttpString name = new HttpString(header);
        String unread = rest;
        if (unread == null) {
            headers.remove(name);
        } else {
            headers.put(name, unread);
        }
        String list = passed;
        if (list != null) {
            request.notes().set("remoteip-proxy-ip-list", list);
            if (!proxiesHeader.isEmpty()) {
                headers.put(new HttpString(proxiesHeader), list);
            }
        }
        request.exchange().setSourceAddress(new InetSocketAddress(address, 0));
    }
}
