package dev.sluice.modules.aaa.ldap;

import dev.sluice.directive.BadArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The URL of AuthLDAPURL: where users are, and what is asked about them (RFC 2255, as apr_ldap_url_parse and
 * mod_auth_ldap_parse_url read it).
 *
 * @param text as written: what is remembered is remembered by it
 * @param hosts names or addresses, some with a colon and a port; asked in turn
 * @param port of hosts that have none of their own
 * @param base the name that searches begin at
 * @param attributes asked for; the first one is the user's name
 * @param named false where the URL names no attributes
 * @param onlyBelow true where only what is directly below the base is looked at
 * @param filter without its outer parentheses
 * @param local true for {@code ldapi}
 * @param security null where LDAPTrustedMode decides
 */
public record LdapUrl(
        String text,
        List<String> hosts,
        int port,
        String base,
        List<String> attributes,
        boolean named,
        boolean onlyBelow,
        String filter,
        boolean local,
        @Nullable Security security) {
    /** How a connection is kept secret. */
    public enum Security {
        NONE,
        SSL,
        STARTTLS;

        /** Null for a word that is none of them. */
        static @Nullable Security of(String word) {
            return switch (word.toUpperCase(Locale.ROOT)) {
                case "NONE" -> NONE;
                case "SSL" -> SSL;
                case "TLS", "STARTTLS" -> STARTTLS;
                default -> null;
            };
        }
    }

    private static final int PORT = 389;
    private static final int TLS_PORT = 636;
    private static final String USUAL_ATTRIBUTE = "uid";
    private static final String USUAL_FILTER = "objectclass=*";

    static LdapUrl read(String text, @Nullable Security mode) throws BadArgument {
        String url = bare(text);
        String scheme = scheme(url);
        String rest = url.substring(scheme.length() + "://".length());
        String[] parts = rest.split("\\?", 5);
        if (parts.length == 5 && parts[4].isEmpty()) {
            throw new BadArgument("Bad extensions encountered while parsing LDAP URL.");
        }
        int slash = parts[0].indexOf('/');
        String host = slash < 0 ? parts[0] : parts[0].substring(0, slash);
        boolean tls = scheme.equals("ldaps");
        List<String> attributes = attributes(part(parts, 1));
        String filter = decoded(part(parts, 3));
        if (filter.startsWith("(")) {
            filter = filter.substring(1, Math.max(1, filter.length() - 1));
        }
        return new LdapUrl(
                text,
                hosts(decoded(host)),
                tls ? TLS_PORT : PORT,
                slash < 0 ? "" : decoded(parts[0].substring(slash + 1)),
                attributes.isEmpty() ? List.of(USUAL_ATTRIBUTE) : attributes,
                !attributes.isEmpty(),
                onlyBelow(part(parts, 2)),
                filter.isEmpty() ? USUAL_FILTER : filter,
                scheme.equals("ldapi"),
                tls ? Security.SSL : mode);
    }

    private static String bare(String text) {
        String url = text;
        if (url.startsWith("<")) {
            url = url.substring(1, url.endsWith(">") ? url.length() - 1 : url.length());
        }
        return url.regionMatches(true, 0, "URL:", 0, 4) ? url.substring(4) : url;
    }

    private static String scheme(String url) throws BadArgument {
        for (String scheme : List.of("ldap", "ldaps", "ldapi")) {
            String start = scheme + "://";
            if (url.regionMatches(true, 0, start, 0, start.length())) {
                return scheme;
            }
        }
        throw new BadArgument("The scheme was not recognised as a valid LDAP URL scheme.");
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private static List<String> attributes(String list) {
        List<String> names = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(decoded(list), ",");
        while (words.hasMoreTokens()) {
            names.add(words.nextToken());
        }
        return List.copyOf(names);
    }

    private static boolean onlyBelow(String scope) throws BadArgument {
        return switch (scope.toLowerCase(Locale.ROOT)) {
            case "one", "onelevel" -> true;
            case "", "sub", "subtree", "base" -> false;
            default -> throw new BadArgument("Bad scope encountered while parsing LDAP URL.");
        };
    }

    private static List<String> hosts(String list) {
        List<String> hosts = List.of(list.strip().split("\\s+"));
        return hosts.get(0).isEmpty() ? List.of("localhost") : hosts;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** The attribute that holds a user's name. */
    public String userAttribute() {
        return attributes.get(0);
    }
}
