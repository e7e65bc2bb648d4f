package dev.sluice.modules.ssl;

import dev.sluice.directive.BadArgument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads SSLProtocol and SSLProxyProtocol (ssl_cmd_protocol_parse, ssl_engine_config.c). */
final class SslProtocols {
    /** A version of the protocol. */
    enum Protocol {
        TLS_1("TLSv1"),
        TLS_1_1("TLSv1.1"),
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String spelling;

        Protocol(String spelling) {
            this.spelling = spelling;
        }

        /** As httpd and JSSE write it. */
        String spelling() {
            return spelling;
        }
    }

    static final Set<Protocol> ALL = Set.of(Protocol.values());

    private SslProtocols() {}

    /** @param warning takes httpd's AH02532, for a word without a sign that makes earlier ones void */
    static Set<Protocol> read(String directive, String words, Consumer<String> warning) throws BadArgument {
        Set<Protocol> chosen = EnumSet.noneOf(Protocol.class);
        for (String each : words.strip().split("[ \t]+")) {
            if (each.isEmpty()) {
                continue;
            }
            char sign = each.charAt(0) == '+' || each.charAt(0) == '-' ? each.charAt(0) : ' ';
            String word = sign == ' ' ? each : each.substring(1);
            Set<Protocol> meant = meant(directive, word, sign == '-');
            if (sign == '-') {
                chosen.removeAll(meant);
            } else {
                if (sign == ' ' && !chosen.isEmpty()) {
                    warning.accept("AH02532: " + directive + ": Protocol '" + word
                            + "' overrides already set parameter(s). " + "Check if a +/- prefix is missing.");
                    chosen.clear();
                }
                chosen.addAll(meant);
            }
        }
        return Set.copyOf(chosen);
    }

    /** As JSSE wants them, the newest first. */
    static List<String> jsseNames(Set<Protocol> protocols) {
        List<String> names = new ArrayList<>();
        for (int i = Protocol.values().length - 1; i >= 0; i--) {
            Protocol each = Protocol.values()[i];
            if (protocols.contains(each)) {
                names.add(each.spelling());
            }
        }
        return names;
    }

    private static Set<Protocol> meant(String directive, String word, boolean taken) throws BadArgument {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "all" -> {
                return ALL;
            }
            case "sslv2" -> {
                return gone(taken, "SSLProtocol: SSLv2 is no longer supported");
            }
            case "sslv3" -> {
                return gone(taken, "SSLv3 not supported by this version of OpenSSL");
            }
            default -> {
                Protocol protocol = protocol(word);
                if (protocol == null) {
                    throw new BadArgument(directive + ": Illegal protocol '" + word + "'");
                }
                return Set.of(protocol);
            }
        }
    }

    /** A protocol that no longer exists may be switched off. */
    private static Set<Protocol> gone(boolean taken, String message) throws BadArgument {
        if (!taken) {
            throw new BadArgument(message);
        }
        return Set.of();
    }

    private static @Nullable Protocol protocol(String word) {
        for (Protocol each : Protocol.values()) {
            if (each.spelling().equalsIgnoreCase(word)) {
                return each;
            }
        }
        return null;
    }
}
