package dev.sluice.modules.md;

import dev.sluice.model.Server;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.SelfReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A group of names with one certificate. Filled while its lines are read. */
final class ManagedDomain {
    private final List<String> names = new ArrayList<>();
    private final List<Path> certificates = new ArrayList<>();
    private final List<Path> keys = new ArrayList<>();

    /** The words of MDomain; {@code auto} and {@code manual} are none of its names. */
    void add(List<String> words) {
        words.stream()
                .filter(word -> !isMode(word) && !names.contains(lower(word)))
                .map(ManagedDomain::lower)
                .forEach(names::add);
    }

    static boolean isMode(String word) {
        return word.equalsIgnoreCase("auto") || word.equalsIgnoreCase("manual");
    }

    /** The first, which the store knows the domain by. */
    String name() {
        return names.isEmpty() ? "" : names.get(0);
    }

    /** Of MDCertificateFile and MDCertificateKeyFile: they go before the store's. */
    List<Path> certificates() {
        return certificates;
    }

    List<Path> keys() {
        return keys;
    }

    /** Whether a host goes by one of the names; {@code onlyServerName} of MDMatchNames leaves its aliases out. */
    boolean covers(Server server, boolean onlyServerName) {
        String name = lower(SelfReference.configuredName(server));
        return contains(name)
                || (!onlyServerName
                        && server.settings().get(CoreModule.SERVER_ALIASES).stream()
                                .anyMatch(alias -> contains(lower(alias))));
    }

    /** A name with {@code *.} stands for one label (md_dns_matches). */
    boolean contains(@Nullable String host) {
        return host != null
                && names.stream()
                        .anyMatch(name -> name.equals(host)
                                || (name.startsWith("*.")
                                        && host.indexOf('.') > 0
                                        && host.substring(host.indexOf('.')).equals(name.substring(1))));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
