package dev.sluice.migrate;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A request to ask servers. Texts have one byte a char.
 *
 * @param target path and query as they are sent
 * @param host what the Host field says, with the port where it is not the usual one
 * @param local the address of the server that it is meant for
 * @param fields further fields
 */
public record Question(
        String method, String target, String host, boolean tls, InetSocketAddress local, Map<String, String> fields) {
    /** As people write it. */
    public String url() {
        return (tls ? "https://" : "http://") + host + target;
    }
}
