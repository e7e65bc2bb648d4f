package dev.sluice.request;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters of all loaded modules, by name. Filled at the start, then only read. */
public final class Filters {
    private final Map<String, Filter.Kind> output = new HashMap<>();
    private final Map<String, Filter.Kind> input = new HashMap<>();

    /** The filter for bodies of responses that goes by {@code name} in any case; null where there is none. */
    public Filter.@Nullable Kind output(String name) {
        return output.get(name.toLowerCase(Locale.ROOT));
    }

    /** As {@link #output}, for bodies of requests. */
    public Filter.@Nullable Kind input(String name) {
        return input.get(name.toLowerCase(Locale.ROOT));
    }

    public Filters addOutput(String name, int type, Filter.Maker maker) {
        output.put(name.toLowerCase(Locale.ROOT), new Filter.Kind(name, type, maker));
        return this;
    }

    public Filters addInput(String name, int type, Filter.Maker maker) {
        input.put(name.toLowerCase(Locale.ROOT), new Filter.Kind(name, type, maker));
        return this;
    }
}
