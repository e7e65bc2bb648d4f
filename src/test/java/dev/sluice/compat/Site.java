package dev.sluice.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one server of a case has for itself: a root folder, ports, backends. Templates name these as {@code @PORT@};
 * a port or backend exists from the first time it is named. Roots and ports of the two servers are equally long, so
 * that lengths of bodies that contain them are equal too.
 */
final class Site implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("@([A-Z][A-Z0-9_]*)@");
    /** Where Debian keeps modules; each root has a link {@code modules} to it, as upstream's layout has. */
    static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private final Path root;
    private final Certificates certificates;
    private final Backends backends;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Set<String> sockets = new HashSet<>();

    Site(Path root, Certificates certificates) {
        this.root = root;
        this.certificates = certificates;
        this.backends = new Backends(certificates.backendContext());
    }

    Path root() {
        return root;
    }

    Backends backends() {
        return backends;
    }

    int port(String name) {
        return ports.computeIfAbsent(name, unused -> Ports.free());
    }

    /** The text with each {@code @PLACE@} replaced. */
    String fill(String template) {
        Matcher places = PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(filled, Matcher.quoteReplacement(value(places.group(1))));
        }
        return places.appendTail(filled).toString();
    }

    private String value(String place) {
        if (place.startsWith("BACKEND_") && place.endsWith("_PORT")) {
            String backend = place.substring(0, place.length() - "_PORT".length());
            return Integer.toString(ports.computeIfAbsent(backend, backends::open));
        }
        if (place.startsWith("BACKEND_")) {
            return "127.0.0.1:" + ports.computeIfAbsent(place, backends::open);
        }
        if (place.startsWith("SOCKET_")) {
            return socket(place).toString();
        }
        if (place.startsWith("PORT") || place.startsWith("TLS_PORT")) {
            return Integer.toString(port(place));
        }
        if (place.startsWith("CERT") || place.startsWith("KEY")) {
            return certificates.file(place).toString();
        }
        return switch (place) {
            case "ROOT" -> root.toString();
            case "MODULES" -> MODULES.toString();
            case "PREAMBLE" -> "Include \"" + root.resolve("preamble.conf") + "\"";
            default ->
                throw new IllegalArgumentException("@" + place + "@ (expected: a place of compat-tests/README.md)");
        };
    }

    /** A door in the root's folder to the backend of this name; nobody listens at {@code SOCKET_CLOSED}. */
    private Path socket(String place) {
        Path path = root.resolve(place.toLowerCase(Locale.ROOT));
        if (!place.equals("SOCKET_CLOSED") && sockets.add(place)) {
            String backend = "BACKEND_" + place.substring("SOCKET_".length());
            backends.door(path, ports.computeIfAbsent(backend, backends::open));
        }
        return path;
    }

    /** The text with root and ports named again, so that two servers' texts can be compared. */
    String name(String text) {
        String named = text.replace(root.toString(), "@ROOT@");
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            named = named.replaceAll("(?<![0-9])" + port.getValue() + "(?![0-9])", "@" + port.getKey() + "@");
        }
        return named;
    }

    /** Copies a file of the case, its places filled where it is configuration. */
    void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            if (from.toString().matches(".*\\.(conf|load)")) {
                Files.writeString(to, fill(Files.readString(from, StandardCharsets.UTF_8)));
            } else {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        backends.close();
    }
}
