package dev.sluice.modules.ssl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * OpenSSL's language of cipher lists (openssl-ciphers(1)), read to JSSE's names in OpenSSL's order.
 *
 * <p>Elements are separated by {@code : , ;} or blanks. One adds the suites that it names at the end; with {@code +} in front
 * it moves those that are in the list to its end, with {@code -} it takes them out, with {@code !} for good. {@code
 * A+B} names what is in both. {@code @STRENGTH} sorts by key length; {@code @SECLEVEL} changes nothing here, as JSSE's
 * limits are those of {@code jdk.tls.disabledAlgorithms}. An element with an unknown name is skipped.
 */
final class CipherString {
    /** OpenSSL's own order for TLS 1.3. */
    static final List<String> TLS_1_3 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    private static final String SUITE_B_128 = "ECDHE-ECDSA-AES128-GCM-SHA256";
    private static final String SUITE_B_192 = "ECDHE-ECDSA-AES256-GCM-SHA384";

    private final String text;
    private int at;

    /** Suites of the list, and those that are not in it but may come in. OpenSSL keeps both in one list with a mark. */
    private final List<CipherSuite> active = new ArrayList<>();

    private final List<CipherSuite> rest = new ArrayList<>(CipherSuite.ALL);

    private CipherString(String text) {
        this.text = text;
    }

    /** JSSE's names for TLS 1.2 and older; empty where nothing matches or OpenSSL would refuse the string. */
    static List<String> jsseNames(String text) {
        CipherString reader = new CipherString(suiteB(text));
        return reader.read() ? reader.active.stream().map(CipherSuite::jsseName).toList() : List.of();
    }

    /** The TLS 1.3 suites of a list separated by colons that JSSE has; others are skipped. */
    static List<String> tls13Names(String text) {
        return List.of(text.split(":")).stream().filter(TLS_1_3::contains).toList();
    }

    private static String suiteB(String text) {
        if (text.startsWith("SUITEB128ONLY")) {
            return SUITE_B_128;
        }
        if (text.startsWith("SUITEB128") || text.startsWith("SUITEB128C2")) {
            return SUITE_B_128 + ":" + SUITE_B_192;
        }
        return text.startsWith("SUITEB192") ? SUITE_B_192 : text;
    }

    private boolean read() {
        // DEFAULT means ALL without some for good, and only in front; elsewhere it is a group like others.
        if (text.startsWith("DEFAULT")) {
            rest.removeIf(CipherSuite.GROUPS.get("COMPLEMENTOFDEFAULT"));
            active.addAll(rest);
            rest.clear();
            at = "DEFAULT".length();
        }
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (isSeparator(sign)) {
                at++;
                continue;
            }
            boolean signed = "+-!@".indexOf(sign) >= 0;
            if (signed) {
                at++;
            }
            if (sign == '@' ? !command() : !element(signed ? sign : ' ')) {
                return false;
            }
        }
        return true;
    }

    private boolean command() {
        String command = name();
        if (command.equals("STRENGTH")) {
            active.sort(Comparator.comparingInt(CipherSuite::bits).reversed());
            return true;
        }
        return command.matches("SECLEVEL=[0-5]");
    }

    private boolean element(char sign) {
        @Nullable Predicate<CipherSuite> wanted = suite -> true;
        boolean more = true;
        while (more) {
            String name = name();
            if (name.isEmpty()) {
                return false;
            }
            Predicate<CipherSuite> named = named(name);
            wanted = wanted == null || named == null ? null : wanted.and(named);
            more = at < text.length() && text.charAt(at) == '+';
            at += more ? 1 : 0;
        }
        if (wanted != null) {
            apply(sign, wanted);
        }
        return true;
    }

    /** A rule of OpenSSL's ssl_cipher_apply_rule. */
    private void apply(char sign, Predicate<CipherSuite> wanted) {
        switch (sign) {
            case '+' -> move(active, wanted, active, active.size());
            case '-' -> move(active, wanted, rest, 0);
            case '!' -> {
                active.removeIf(wanted);
                rest.removeIf(wanted);
            }
            default -> move(rest, wanted, active, active.size());
        }
    }

    private static void move(List<CipherSuite> from, Predicate<CipherSuite> wanted, List<CipherSuite> to, int place) {
        List<CipherSuite> moved = from.stream().filter(wanted).toList();
        from.removeAll(moved);
        to.addAll(Math.min(place, to.size()), moved);
    }

    private static @Nullable Predicate<CipherSuite> named(String name) {
        Predicate<CipherSuite> group = CipherSuite.GROUPS.get(name);
        if (group != null) {
            return group;
        }
        boolean known = CipherSuite.ALL.stream().anyMatch(suite -> suite.name().equals(name));
        return known ? suite -> suite.name().equals(name) : null;
    }

    private String name() {
        int from = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isNamePart(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "-.=_".indexOf(c) >= 0;
    }

    private static boolean isSeparator(char c) {
        return c == ':' || c == ' ' || c == ';' || c == ',';
    }
}
