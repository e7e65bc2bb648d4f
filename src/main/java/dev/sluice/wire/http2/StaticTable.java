package dev.sluice.wire.http2;

import dev.sluice.wire.http2.HeaderField.Kind;
import io.undertow.util.HttpString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of RFC 7541 appendix A, and what is known of header names beforehand. */
final class StaticTable {
    private static final String[] ENTRIES = {
        ":authority",
        "",
        ":method",
        "GET",
        ":method",
        "POST",
        ":path",
        "/",
        ":path",
        "/index.html",
        ":scheme",
        "http",
        ":scheme",
        "https",
        ":status",
        "200",
        ":status",
        "204",
        ":status",
        "206",
        ":status",
        "304",
        ":status",
        "400",
        ":status",
        "404",
        ":status",
        "500",
        "accept-charset",
        "",
        "accept-encoding",
        "gzip, deflate",
        "accept-language",
        "",
        "accept-ranges",
        "",
        "accept",
        "",
        "access-control-allow-origin",
        "",
        "age",
        "",
        "allow",
        "",
        "authorization",
        "",
        "cache-control",
        "",
        "content-disposition",
        "",
        "content-encoding",
        "",
        "content-language",
        "",
        "content-length",
        "",
        "content-location",
        "",
        "content-range",
        "",
        "content-type",
        "",
        "cookie",
        "",
        "date",
        "",
        "etag",
        "",
        "expect",
        "",
        "expires",
        "",
        "from",
        "",
        "host",
        "",
        "if-match",
        "",
        "if-modified-since",
        "",
        "if-none-match",
        "",
        "if-range",
        "",
        "if-unmodified-since",
        "",
        "last-modified",
        "",
        "link",
        "",
        "location",
        "",
        "max-forwards",
        "",
        "proxy-authenticate",
        "",
        "proxy-authorization",
        "",
        "range",
        "",
        "referer",
        "",
        "refresh",
        "",
        "retry-after",
        "",
        "server",
        "",
        "set-cookie",
        "",
        "strict-transport-security",
        "",
        "transfer-encoding",
        "",
        "user-agent",
        "",
        "vary",
        "",
        "via",
        "",
        "www-authenticate",
        ""
    };

    /** Entries are counted from 1. */
    static final int SIZE = ENTRIES.length / 2;

    private static final HeaderField[] FIELDS = new HeaderField[SIZE + 1];
    private static final Map<HttpString, Name> NAMES = new HashMap<>();

    /**
     * What is known of a name.
     *
     * @param index its first entry in the static table, 0 for none
     * @param hop whether it belongs to an HTTP/1.1 connection and must not appear in HTTP/2
     * @param indexed whether its values come back often enough to enter the dynamic table
     */
    record Name(HttpString name, Kind kind, int index, boolean hop, boolean indexed) {}

    static {
        for (int i = 1; i <= SIZE; i++) {
            HttpString name = new HttpString(ENTRIES[2 * i - 2]);
            Name before = NAMES.get(name);
            Name known = before == null ? know(name, i) : before;
            FIELDS[i] = new HeaderField(known.name(), known.kind(), true, ENTRIES[2 * i - 1]);
        }
        for (String name :
                new String[] {":protocol", "connection", "keep-alive", "proxy-connection", "upgrade", "te"}) {
            know(new HttpString(name), 0);
        }
    }

    private StaticTable() {}

    private static Name know(HttpString name, int index) {
        Kind kind = kindOf(name.toString());
        Name made = new Name(name, kind, index, kind == Kind.CONNECTION_SPECIFIC, comesBack(name.toString()));
        NAMES.put(name, made);
        return made;
    }

    private static Kind kindOf(String name) {
        return switch (name) {
            case ":method" -> Kind.METHOD;
            case ":scheme" -> Kind.SCHEME;
            case ":authority" -> Kind.AUTHORITY;
            case ":path" -> Kind.PATH;
            case ":protocol" -> Kind.PROTOCOL;
            case ":status" -> Kind.STATUS;
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                Kind.CONNECTION_SPECIFIC;
            case "te" -> Kind.TE;
            case "host" -> Kind.HOST;
            case "cookie" -> Kind.COOKIE;
            case "content-length" -> Kind.CONTENT_LENGTH;
            default -> Kind.REGULAR;
        };
    }

    /** Secrets stay out of the table as well, so that their length cannot be probed (RFC 7541 section 7.1.3). */
    private static boolean comesBack(String name) {
        return switch (name) {
            case ":path",
                    "age",
                    "authorization",
                    "content-length",
                    "content-range",
                    "etag",
                    "if-modified-since",
                    "if-none-match",
                    "last-modified",
                    "location",
                    "proxy-authorization",
                    "set-cookie" -> false;
            default -> true;
        };
    }

    static HeaderField field(int index) {
        return FIELDS[index];
    }

    /** What is known of {@code name}, or null. Upper and lower case are the same. */
    static @Nullable Name known(HttpString name) {
        return NAMES.get(name);
    }
}
