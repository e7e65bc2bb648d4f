package dev.sluice.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The hooks of all loaded modules, in order.
 *
 * <p>Within a phase: by {@link Turn}, then in the order of loading, but never before a module of the same turn that a
 * hook asks to come after. No numbers: who must follow whom is said by name.
 */
public final class Hooks {
    /** A rough place within a phase. */
    public enum Turn {
        REALLY_FIRST,
        FIRST,
        MIDDLE,
        LAST,
        REALLY_LAST
    }

    private record Entry(String module, Turn turn, Hook hook, List<String> after) {}

    private final Map<Phase, List<Entry>> entries = new EnumMap<>(Phase.class);

    /** The place where {@code moduleId} adds its hooks. */
    public OfModule of(String moduleId) {
        return new OfModule(moduleId);
    }

    /** The hooks of {@code phase} in the order in which they run. */
    public Hook[] inOrder(Phase phase) {
        return ordered(phase).stream().map(Entry::hook).toArray(Hook[]::new);
    }

    /** The modules of {@code phase} in the order in which they run: an approved text in the tests. */
    public List<String> modules(Phase phase) {
        return ordered(phase).stream().map(Entry::module).toList();
    }

    private List<Entry> ordered(Phase phase) {
        List<Entry> waiting = new ArrayList<>(entries.getOrDefault(phase, List.of()));
        waiting.sort(Comparator.comparing(Entry::turn));
        List<Entry> placed = new ArrayList<>(waiting.size());
        while (!waiting.isEmpty()) {
            Entry next = waiting.stream()
                    .filter(e -> waiting.stream().noneMatch(other -> mustFollow(e, other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(phase + ": " + waiting + " wait for each other"));
            waiting.remove(next);
            placed.add(next);
        }
        return placed;
    }

    private static boolean mustFollow(Entry entry, Entry other) {
        return !entry.equals(other) && entry.turn == other.turn && entry.after.contains(other.module);
    }

    /** The hooks of one module. */
    public final class OfModule {
        private final String module;

        private OfModule(String module) {
            this.module = module;
        }

        /** Runs {@code hook} in {@code phase}, after the hooks of the modules named where those are loaded. */
        public OfModule at(Phase phase, Turn turn, Hook hook, String... after) {
            entries.computeIfAbsent(phase, p -> new ArrayList<>()).add(new Entry(module, turn, hook, List.of(after)));
            return this;
        }

        public OfModule at(Phase phase, Hook hook) {
            return at(phase, Turn.MIDDLE, hook);
        }
    }
}
