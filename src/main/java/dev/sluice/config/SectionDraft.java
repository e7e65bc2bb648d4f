package dev.sluice.config;

import dev.sluice.model.Section;
import dev.sluice.model.Settings;
import java.util.ArrayList;
import java.util.List;

/** What the lines of one section gave so far. */
class SectionDraft {
    final Settings.Builder directory = new Settings.Builder();
    final List<Section> sections = new ArrayList<>();
}
