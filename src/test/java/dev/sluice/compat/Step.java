package dev.sluice.compat;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One request or one command.
 *
 * @param expected what apache2 is known to do: a status, {@code closed}, {@code curl 92}, {@code exit 1}. It keeps a
 *     case from going green because both servers fail alike.
 * @param options the {@code @name value} lines
 * @param lines the request as written, or nothing
 */
record Step(String title, String expected, Map<String, List<String>> options, List<String> lines) {
    boolean has(String option) {
        return options.containsKey(option);
    }

    String option(String name) {
        return Objects.requireNonNull(options.get(name), name).get(0);
    }

    String option(String name, String otherwise) {
        return has(name) ? option(name) : otherwise;
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    boolean overTls() {
        return has("tls") || has("h2");
    }

    boolean throughCurl() {
        return has("h2") || has("h2c") || has("h2c-upgrade");
    }
}
