package dev.sluice.modules.core;

import org.jspecify.annotations.Nullable;

/**
 * A host and a port as apr_parse_addr_port reads them.
 *
 * @param host null where only a port is written, {@code *} for any; without brackets
 * @param port 0 where none is written; -1 for {@code *}
 */
public record Address(@Nullable String host, int port) {
    /** Null for what is not an address at all: a port out of range, a bracket that does not close. */
    public static @Nullable Address parse(String text) {
        int digits = text.length();
        while (digits > 0 && Character.isDigit(text.charAt(digits - 1))) {
            digits--;
        }
        if (digits == 0 && !text.isEmpty()) {
            int port = port(text);
            return port < 0 ? null : new Address(null, port);
        }
        if (digits < text.length() && text.charAt(digits - 1) == ':') {
            String host = unbracketed(text.substring(0, digits - 1));
            if (host == null || (host.indexOf(':') >= 0 && text.charAt(0) != '[')) {
                return new Address(text, 0);
            }
            int port = port(text.substring(digits));
            return port < 0 ? null : new Address(host, port);
        }
        if (text.endsWith(":*")) {
            String host = unbracketed(text.substring(0, text.length() - 2));
            return host == null ? null : new Address(host, -1);
        }
        String host = unbracketed(text);
        return host == null ? null : new Address(host, 0);
    }

    private static @Nullable String unbracketed(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        return host.endsWith("]") ? host.substring(1, host.length() - 1) : null;
    }

    private static int port(String digits) {
        if (digits.length() > 5) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port < 1 || port > 65535 ? -1 : port;
    }
}
