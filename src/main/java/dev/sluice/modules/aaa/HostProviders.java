package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.modules.core.IpSubnet;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The providers of mod_authz_host. */
final class HostProviders {
    private HostProviders() {}

    /** Granted where the client's address lies in one of the subnets. */
    static AuthzProvider.Check ip(String args, Scope scope) throws BadArgument {
        List<IpSubnet> subnets = new ArrayList<>();
        for (String word : Quoting.words(args)) {
            if (word.isEmpty()) {
                break;
            }
            subnets.add(subnet(word));
        }
        if (subnets.isEmpty()) {
            throw new BadArgument("'require ip' requires an argument");
        }
        return request -> {
            InetAddress client = ClientHost.address(request);
            for (IpSubnet subnet : subnets) {
                if (subnet.contains(client)) {
                    return AuthzResult.GRANTED;
                }
            }
            return AuthzResult.DENIED;
        };
    }

    private static IpSubnet subnet(String word) throws BadArgument {
        int slash = word.indexOf('/');
        String complaint = "ip address '" + word + "' appears to be invalid";
        try {
            IpSubnet subnet = IpSubnet.parse(
                    slash < 0 ? word : word.substring(0, slash), slash < 0 ? null : word.substring(slash + 1));
            if (subnet == null) {
                throw new BadArgument(complaint);
            }
            return subnet;
        } catch (IpSubnet.Invalid e) {
            throw new BadArgument(complaint + ": " + e.getMessage());
        }
    }

    /** Granted where the client's name, found by DNS and checked against it, lies in one of the domains. */
    static AuthzProvider.Check host(String args, Scope scope) throws BadArgument {
        Names domains = names(args, scope);
        return request -> {
            if (request.exchange().isInIoThread()) {
                return AuthzResult.ON_WORKER;
            }
            String client = ClientHost.name(request);
            if (client == null) {
                logNoName(request);
                return AuthzResult.DENIED;
            }
            for (String domain : domains.of(request)) {
                if (ClientHost.isIn(domain, client)) {
                    return AuthzResult.GRANTED;
                }
            }
            return AuthzResult.DENIED;
        };
    }

    private static void logNoName(Request request) {
        if (request.errorLog().keeps(Level.INFO, "authz_host")) {
            request.log(
                    Level.INFO,
                    "authz_host",
                    "AH01753: access check of '" + ClientHost.address(request).getHostAddress() + "' to "
                            + request.path() + " failed, reason: unable to get the remote host name");
        }
    }

    /** Granted where one of the names leads to the client's address; the address is not looked up. */
    static AuthzProvider.Check forwardDns(String args, Scope scope) throws BadArgument {
        Names names = names(args, scope);
        return request -> {
            if (request.exchange().isInIoThread()) {
                return AuthzResult.ON_WORKER;
            }
            InetAddress client = ClientHost.address(request);
            for (String name : names.of(request)) {
                if (ClientHost.isAddressOf(client, name)) {
                    return AuthzResult.GRANTED;
                }
            }
            return AuthzResult.DENIED;
        };
    }

    /** The names that a line gives, for one request. */
    @FunctionalInterface
    private interface Names {
        List<String> of(Request request);
    }

    /** Names may be parts of the request; where none is they are taken apart once. */
    private static Names names(String args, Scope scope) throws BadArgument {
        if (args.contains("%{")) {
            RequestText text = RequestText.read(args, scope, "Cannot parse expression in require line");
            return request -> words(text.of(request));
        }
        List<String> names = words(args);
        return request -> names;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : Quoting.words(text)) {
            if (word.startsWith("#")) {
                break;
            }
            words.add(word);
        }
        return List.copyOf(words);
    }

    /** Granted to the machine itself: a loopback address, or the one that the connection came in at. */
    static AuthzProvider.Check local(String args, Scope scope) {
        return request -> {
            InetAddress client = ClientHost.address(request);
            boolean local = client.isLoopbackAddress()
                    || client.equals(request.exchange().getDestinationAddress().getAddress());
            return local ? AuthzResult.GRANTED : AuthzResult.DENIED;
        };
    }
}
