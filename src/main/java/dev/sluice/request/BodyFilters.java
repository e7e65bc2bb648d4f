package dev.sluice.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters that one body goes through: httpd's {@code r->output_filters} or {@code r->input_filters}. Kinds are added until
 * the body begins; {@link #begin} makes filters of those that have something to do.
 */
public final class BodyFilters {
    private final List<Filter.Kind> added = new ArrayList<>(2);
    private @Nullable List<Filter> begun;

    /** Behind those of its type and of lower ones (add_any_filter_handle, util_filter.c). */
    void add(Filter.Kind kind) {
        int at = added.size();
        while (at > 0 && added.get(at - 1).type() > kind.type()) {
            at--;
        }
        added.add(at, kind);
    }

    boolean has(Filter.Kind kind) {
        return added.contains(kind);
    }

    /** Those that touch this body, in order; the same at each call. */
    List<Filter> begin(Request request) {
        List<Filter> known = begun;
        if (known != null) {
            return known;
        }
        List<Filter> active = new ArrayList<>(added.size());
        for (Filter.Kind kind : added) {
            Filter filter = kind.maker().begin(request);
            if (filter != null) {
                active.add(filter);
            }
        }
        begun = active;
        return active;
    }
}
