package dev.sluice.config;

import dev.sluice.source.Span;
import dev.sluice.syntax.PlacedText;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The names of Define and {@code -D}, and the values of variables. Names are compared with case where a condition asks for
 * them and without case where a value is looked up, as httpd has a list of the ones and a table of the others.
 */
final class Defines {
    private final Set<String> names;
    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> environment;

    Defines(Collection<String> names, Map<String, String> environment) {
        this.names = new LinkedHashSet<>(names);
        this.environment = environment;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** A name without a value keeps the value that it had. */
    void define(String name, String value) {
        names.add(name);
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }

    void undefine(String name) {
        names.remove(name);
        values.remove(name);
    }

    /**
     * {@code line} with each <code>${NAME}</code> replaced, once, from left to right; what is put in is not looked at again.
     * An unknown name stays as it is, and {@code unknown} is told unless it has a colon, which makes it a RewriteMap
     * (ap_resolve_env, server/core.c).
     */
    PlacedText replaceIn(PlacedText line, BiConsumer<String, Span> unknown) {
        String text = line.text();
        int open = text.indexOf("${");
        if (open < 0) {
            return line;
        }
        PlacedText.Builder replaced = new PlacedText.Builder();
        int done = 0;
        while (open >= 0) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = text.substring(open + 2, close);
            String value = value(name);
            if (value != null) {
                replaced.append(line, done, open).append(value, line.span(open, close + 1));
                done = close + 1;
            } else if (name.indexOf(':') < 0) {
                unknown.accept(name, line.span(open, close + 1));
            }
            open = text.indexOf("${", close);
        }
        return done == 0 ? line : replaced.append(line, done, text.length()).build(line.span());
    }

    private @Nullable String value(String name) {
        String value = values.get(name);
        return value != null ? value : environment.get(name);
    }
}
