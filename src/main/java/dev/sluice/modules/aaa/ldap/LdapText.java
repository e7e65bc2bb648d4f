package dev.sluice.modules.aaa.ldap;

import java.nio.charset.StandardCharsets;

/** Text on its way to a directory and back: chars there, one byte a char here; and what must be escaped in a filter. */
public final class LdapText {
    private LdapText() {}

    static String chars(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String bytes(Object value) {
        byte[] bytes = value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@code (&(objectclass=*)(uid=joe))} (authn_ldap_build_filter of mod_authnz_ldap.c). */
    public static String filter(LdapTerms terms, String given, String user) {
        LdapUrl url = terms.url();
        String attribute = url == null ? "uid" : url.userAttribute();
        String named = "(" + attribute + "=" + escaped(user) + ")";
        return given.equalsIgnoreCase("none") ? named : "(&(" + given + ")" + named + ")";
    }

    /** With what a filter gives a meaning to as {@code \2a} (RFC 4515, section 3). */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> escaped.append("\\2a");
                case '(' -> escaped.append("\\28");
                case ')' -> escaped.append("\\29");
                case '\\' -> escaped.append("\\5c");
                case 0 -> escaped.append("\\00");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
