package dev.sluice.request;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of a request ({@code subprocess_env}): what SetEnv, mod_ssl and others leave for conditions,
 * logs and scripts. Names are case-insensitive, as in httpd's tables. Costs nothing until the first variable is set.
 */
public final class Environment {
    private @Nullable Map<String, String> variables;

    public @Nullable String get(String name) {
        Map<String, String> all = variables;
        return all == null ? null : all.get(name);
    }

    public boolean has(String name) {
        Map<String, String> all = variables;
        return all != null && all.containsKey(name);
    }

    public void set(String name, String value) {
        Map<String, String> all = variables;
        if (all == null) {
            all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            variables = all;
        }
        all.put(name, value);
    }

    public void unset(String name) {
        Map<String, String> all = variables;
        if (all != null) {
            all.remove(name);
        }
    }

    public Map<String, String> all() {
        Map<String, String> all = variables;
        return all == null ? Map.of() : Collections.unmodifiableMap(all);
    }
}
