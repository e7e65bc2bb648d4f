package dev.sluice.model;

import dev.sluice.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main server or a virtual host, merged with the main server.
 *
 * @param addresses the words of {@code <VirtualHost ...>}; empty for the main server
 * @param settings the per-server settings
 * @param defaults the per-directory settings given outside any section: what every request starts from
 * @param sections those of the main server, then its own
 * @param span where it is defined; null for the main server
 */
public record Server(
        List<String> addresses, Settings settings, Settings defaults, List<Section> sections, @Nullable Span span) {
    public boolean isMain() {
        return span == null;
    }

    public List<Section> sections(Section.Kind... kinds) {
        List<Section.Kind> wanted = List.of(kinds);
        return sections.stream().filter(s -> wanted.contains(s.kind())).toList();
    }
}
