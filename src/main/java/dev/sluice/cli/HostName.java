package dev.sluice.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** The name that a server without ServerName goes by. */
final class HostName {
    private HostName() {}

    /** As ap_get_local_host (server/util.c): the name with a dot that the machine's address has, else its address. */
    static void complain(Consumer<String> report) {
        report.accept("AH00558: " + Program.name()
                + ": Could not reliably determine the server's fully qualified domain name, using " + local(report)
                + ". Set the 'ServerName' directive globally to suppress this message");
    }

    private static String local(Consumer<String> report) {
        try {
            InetAddress address = InetAddress.getLocalHost();
            String canonical = address.getCanonicalHostName();
            if (canonical.indexOf('.') >= 0 && !canonical.equals(address.getHostAddress())) {
                return canonical;
            }
            String name = address.getHostName();
            return name.indexOf('.') >= 0 ? name : address.getHostAddress();
        } catch (UnknownHostException e) {
            report.accept("AH00557: " + Program.name() + ": apr_sockaddr_info_get() failed for "
                    + System.getenv().getOrDefault("HOSTNAME", "this machine"));
            return "127.0.0.1";
        }
    }
}
