package dev.sluice.modules.core;

import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The {@code <Directory>} sections of a server, those of few components first, then the regular expressions; each order
 * else that of reading (core_reorder_directories, core.c).
 */
final class DirectorySections {
    private final List<Section> plain;
    private final List<Section> regexes;
    private final List<Section> files;

    DirectorySections(Server server) {
        plain = new ArrayList<>(server.sections(Section.Kind.DIRECTORY));
        plain.sort(Comparator.comparingInt(DirectorySections::components));
        regexes = server.sections(Section.Kind.DIRECTORY_MATCH);
        files = server.sections(Section.Kind.FILES, Section.Kind.FILES_MATCH);
    }

    private static int components(Section section) {
        return directory(section).components();
    }

    private static SectionMatchers.Directory directory(Section section) {
        return (SectionMatchers.Directory) section.matcher();
    }

    Progress start(Environment environment) {
        return new Progress(environment);
    }

    /** How far one request's walk has come. */
    final class Progress {
        private final Environment environment;
        private final List<Section> applied = new ArrayList<>();
        private int next;
        private int components;

        private Progress(Environment environment) {
            this.environment = environment;
        }

        /** {@code settings} with the sections for {@code directory}, one component deeper than the last, merged over. */
        Settings enter(String directory, Settings settings) {
            components++;
            Settings merged = settings;
            while (next < plain.size() && components(plain.get(next)) <= components) {
                Section section = plain.get(next++);
                if (components(section) == components && directory(section).matches(directory)) {
                    merged = merged.over(section.settings());
                    applied.add(section);
                }
            }
            return merged;
        }

        /** The regular expressions see the whole name, be it of a directory or a file. */
        Settings finish(String filename, Settings settings) {
            Settings merged = settings;
            for (Section section : regexes) {
                if (LocationWalk.matches(section.matcher(), filename, environment)) {
                    merged = merged.over(section.settings());
                    applied.add(section);
                }
            }
            return merged;
        }

        /** The {@code <Files>} of the server, then those of each directory section that applied. */
        Settings files(String filename, Settings settings) {
            String name = filename.substring(filename.lastIndexOf('/') + 1);
            Settings merged = over(files, name, settings);
            for (Section section : applied) {
                merged = over(section.nested(), name, merged);
            }
            return merged;
        }

        private Settings over(List<Section> sections, String name, Settings settings) {
            Settings merged = settings;
            for (Section section : sections) {
                boolean isFiles = section.kind() == Section.Kind.FILES || section.kind() == Section.Kind.FILES_MATCH;
                if (isFiles && LocationWalk.matches(section.matcher(), name, environment)) {
                    merged = merged.over(section.settings());
                }
            }
            return merged;
        }
    }
}
