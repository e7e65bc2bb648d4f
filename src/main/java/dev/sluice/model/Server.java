package dev.sluice.model;

import dev.sluice.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The main server or a virtual host, merged with the main server. Equal to itself alone. */
public final class Server {
    private final List<String> addresses;
    private final Settings settings;
    private final Settings defaults;
    private final List<Section> sections;
    private final @Nullable Span span;
    private final String place;
    private final @Nullable Server main;

    /**
     * @param addresses the words of {@code <VirtualHost ...>}; empty for the main server
     * @param settings the per-server settings
     * @param defaults the per-directory settings given outside any section: what every request starts from
     * @param sections those of the main server, then its own
     * @param span where it is defined; null for the main server
     */
    public Server(
            List<String> addresses, Settings settings, Settings defaults, List<Section> sections, @Nullable Span span) {
        this(addresses, settings, defaults, sections, span, "", null);
    }

    /** A virtual host of {@code main}, merged with it. {@code place} is its section's as httpd tells it: {@code FILE:LINE}. */
    public Server(
            List<String> addresses,
            Settings settings,
            Settings defaults,
            List<Section> sections,
            @Nullable Span span,
            String place,
            @Nullable Server main) {
        this.place = place;
        this.main = main;
        this.addresses = List.copyOf(addresses);
        this.settings = settings;
        this.defaults = defaults;
        this.sections = List.copyOf(sections);
        this.span = span;
    }

    public List<String> addresses() {
        return addresses;
    }

    public Settings settings() {
        return settings;
    }

    public Settings defaults() {
        return defaults;
    }

    public List<Section> sections() {
        return sections;
    }

    public @Nullable Span span() {
        return span;
    }

    /** {@code FILE:LINE} of its section, in a macro the place of its use; empty for the main server. */
    public String place() {
        return place;
    }

    /** True where the server's own lines gave a value, false where it is the main server's or nobody's. */
    public boolean gives(Setting<?> setting) {
        Span origin = settings.origin(setting);
        return origin != null && (main == null || !origin.equals(main.settings.origin(setting)));
    }

    public boolean isMain() {
        return span == null;
    }

    public List<Section> sections(Section.Kind... kinds) {
        List<Section.Kind> wanted = List.of(kinds);
        return sections.stream().filter(s -> wanted.contains(s.kind())).toList();
    }

    @Override
    public String toString() {
        return isMain() ? "main server" : "<VirtualHost " + String.join(" ", addresses) + "> at " + span;
    }
}
