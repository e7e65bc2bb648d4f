package dev.sluice.config;

import dev.sluice.directive.Line;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lines of one server gave so far; what they give to directories outside any section is its draft's own. */
final class ServerDraft extends SectionDraft {
    final Settings.Builder settings = new Settings.Builder();
    private final List<String> addresses;
    private final @Nullable Span span;
    private final String place;

    /** The main server's. */
    ServerDraft() {
        this.addresses = List.of();
        this.span = null;
        this.place = "";
    }

    ServerDraft(List<String> addresses, Line section) {
        this.addresses = addresses;
        this.span = section.span();
        this.place = section.fileName() + ":" + section.lineNumber();
    }

    Server mergedWith(Server main) {
        List<Section> all = new ArrayList<>(main.sections());
        all.addAll(sections);
        return new Server(
                addresses,
                main.settings().over(settings.build()),
                main.defaults().over(directory.build()),
                List.copyOf(all),
                span,
                place,
                main);
    }
}
