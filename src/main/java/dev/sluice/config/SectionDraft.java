package dev.sluice.config;

import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.model.Settings;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;

/** What the lines of one section gave so far. */
class SectionDraft {
    final Settings.Builder directory;
    final List<Section> sections = new ArrayList<>();
    private final boolean shortLived;

    SectionDraft() {
        this(false);
    }

    private SectionDraft(boolean shortLived) {
        this.shortLived = shortLived;
        this.directory = shortLived ? Settings.Builder.shortLived() : new Settings.Builder();
    }

    /** One of an access file. */
    static SectionDraft shortLived() {
        return new SectionDraft(true);
    }

    /** One for a section inside this. */
    SectionDraft inner() {
        return new SectionDraft(shortLived);
    }

    Section section(Section.Kind kind, String argument, Matcher matcher, Span span) {
        return new Section(kind, argument, matcher, directory.build(), List.copyOf(sections), span);
    }
}
