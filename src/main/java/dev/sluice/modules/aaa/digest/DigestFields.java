package dev.sluice.modules.aaa.digest;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client says in its Authorization field, read as get_digest_rec of mod_auth_digest.c does. */
public final class DigestFields {
    /** How the field fares. */
    public enum Kind {
        NONE,
        /** By another scheme. */
        NOT_DIGEST,
        /** Something that it takes is missing. */
        INVALID,
        VALID
    }

    private final Kind kind;
    private final String scheme;
    private final Map<String, String> values;

    private DigestFields(Kind kind, String scheme, Map<String, String> values) {
        this.kind = kind;
        this.scheme = scheme;
        this.values = values;
    }

    public static DigestFields read(@Nullable String field) {
        if (field == null) {
            return new DigestFields(Kind.NONE, "", Map.of());
        }
        int end = 0;
        while (end < field.length() && !isSpace(field.charAt(end))) {
            end++;
        }
        String scheme = field.substring(0, end);
        if (!scheme.equalsIgnoreCase("Digest")) {
            return new DigestFields(Kind.NOT_DIGEST, scheme, Map.of());
        }
        Map<String, String> values = new Reader(field, end).values();
        return new DigestFields(isWhole(values) ? Kind.VALID : Kind.INVALID, scheme, values);
    }

    private static boolean isWhole(Map<String, String> values) {
        boolean counts = values.containsKey("qop");
        return values.containsKey("username")
                && values.containsKey("realm")
                && values.containsKey("uri")
                && values.containsKey("response")
                && (!counts || (values.containsKey("cnonce") && values.containsKey("nc")))
                && values.getOrDefault("nonce", "").length() == Nonces.LENGTH;
    }

    public Kind kind() {
        return kind;
    }

    /** As the client writes it. */
    public String scheme() {
        return scheme;
    }

    /** Null where the client says nothing of {@code name}. */
    public @Nullable String value(String name) {
        return values.get(name);
    }

    /** Of a field that a valid one has. */
    public String known(String name) {
        return values.getOrDefault(name, "");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** {@code key=value, key="quoted \" value"}; what stands between a value and a comma is passed over. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int start) {
            this.text = text;
            this.at = start;
        }

        Map<String, String> values() {
            Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            while (at < text.length()) {
                skipSpace();
                int start = at;
                while (at < text.length()
                        && text.charAt(at) != '='
                        && text.charAt(at) != ','
                        && !isSpace(text.charAt(at))) {
                    at++;
                }
                String key = text.substring(start, at);
                skipSpace();
                values.put(key, at < text.length() && text.charAt(at) == '=' ? value() : "");
                int comma = text.indexOf(',', at);
                at = comma < 0 ? text.length() : comma + 1;
            }
            return values;
        }

        private String value() {
            at++;
            skipSpace();
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            at++;
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at = Math.min(at + 1, text.length());
            return value.toString();
        }

        private void skipSpace() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
        }
    }
}
