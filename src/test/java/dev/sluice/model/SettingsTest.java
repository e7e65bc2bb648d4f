package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Setting<String> NAME = Setting.perServer("Name", "none");
    private static final Setting<List<String>> LIST =
            Setting.perServer("List", List.<String>of(), Merge.<String>append());
    private static final Setting<Map<String, String>> MAP =
            Setting.perDirectory("Map", Map.<String, String>of(), Merge.overlay());

    private static final Span HERE = SourceFile.of("httpd.conf", "Name a\nName b\n").span(7, 13);

    @Test
    void unsetIsAbsence() {
        assertEquals("none", Settings.EMPTY.get(NAME));
        assertFalse(Settings.EMPTY.has(NAME));
        assertNull(Settings.EMPTY.origin(NAME));
    }

    @Test
    void aSectionsOwnValueStands() {
        Settings merged = settings(NAME, "outer").over(settings(NAME, "inner"));

        assertEquals("inner", merged.get(NAME));
    }

    @Test
    void linesOfOneSectionJoin() {
        Settings.Builder builder = new Settings.Builder();
        builder.give(LIST, List.of("a"), null);
        builder.give(LIST, List.of("b"), HERE);

        Settings settings = builder.build();

        assertEquals(List.of("a", "b"), settings.get(LIST));
        assertEquals("httpd.conf:2", String.valueOf(settings.origin(LIST)));
    }

    @Test
    void mapsAreLaidOverEachOther() {
        Settings merged = settings(MAP, Map.of("a", "1", "b", "1")).over(settings(MAP, Map.of("b", "2")));

        assertEquals(Map.of("a", "1", "b", "2"), merged.get(MAP));
    }

    @Test
    void theSameSectionsMergeToTheSameObject() {
        Settings outer = settings(NAME, "outer");
        Settings inner = settings(LIST, List.of("x"));

        assertSame(outer.over(inner), outer.over(inner));
        assertSame(outer, outer.over(Settings.EMPTY));
    }

    @Test
    void aViewIsComputedOnce() {
        AtomicInteger computed = new AtomicInteger();
        View<Integer> view = View.of(settings -> computed.incrementAndGet());
        Settings settings = settings(NAME, "x");

        settings.view(view);
        settings.view(view);

        assertEquals(1, computed.get());
    }

    private static <T> Settings settings(Setting<T> setting, T value) {
        Settings.Builder builder = new Settings.Builder();
        builder.give(setting, value, null);
        return builder.build();
    }
}
