package dev.sluice.modules.core;

import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <Directory>} sections of a server, those of few components first, then the regular expressions, of which those
 * with few slashes come first; each order else that of reading (core_reorder_directories, core.c).
 */
final class DirectorySections {
    private final List<Section> plain;
    private final List<Section> regexes;
    private final List<Section> files;

    DirectorySections(Server server) {
        plain = new ArrayList<>(server.sections(Section.Kind.DIRECTORY));
        plain.sort(Comparator.comparingInt(DirectorySections::components));
        regexes = new ArrayList<>(server.sections(Section.Kind.DIRECTORY_MATCH));
        regexes.sort(Comparator.comparingInt(DirectorySections::slashes));
        files = server.sections(Section.Kind.FILES, Section.Kind.FILES_MATCH);
    }

    private static int components(Section section) {
        return directory(section).components();
    }

    /** httpd counts the components of a pattern as if it were a path, with a slash at its end. */
    private static int slashes(Section section) {
        String pattern = section.argument();
        int slashes = (int) pattern.chars().filter(c -> c == '/').count();
        return pattern.endsWith("/") ? slashes : slashes + 1;
    }

    private static SectionMatchers.Directory directory(Section section) {
        return (SectionMatchers.Directory) section.matcher();
    }

    Progress start(Environment environment, Settings defaults) {
        return new Progress(environment, defaults);
    }

    /** How far one request's walk has come. Sections of one kind merge with each other first, then with the rest. */
    final class Progress {
        private final Environment environment;
        private final Settings defaults;
        private final List<Section> applied;
        private @Nullable Settings own;
        private int next;
        private int components;

        private Progress(Environment environment, Settings defaults) {
            this(environment, defaults, new ArrayList<>());
        }

        private Progress(Environment environment, Settings defaults, List<Section> applied) {
            this.environment = environment;
            this.defaults = defaults;
            this.applied = applied;
        }

        /** The same for another file of the directory that was reached. */
        Progress forAnother(Environment its) {
            Progress another = new Progress(its, defaults, applied);
            another.own = own;
            return another;
        }

        /** Takes the sections for {@code directory}, one component deeper than the last, into account. */
        void enter(String directory) {
            components++;
            while (next < plain.size() && components(plain.get(next)) <= components) {
                Section section = plain.get(next++);
                if (components(section) == components && directory(section).matches(directory)) {
                    apply(section);
                }
            }
        }

        /** The regular expressions see the whole name, be it of a directory or a file. */
        void finish(String filename) {
            for (Section section : regexes) {
                if (LocationWalk.matches(section.matcher(), filename, environment)) {
                    apply(section);
                }
            }
        }

        /** Takes a section, or an access file, into account. */
        void apply(Section section) {
            own = LocationWalk.joined(own, section.settings());
            applied.add(section);
        }

        /** Those of the server, with what the directory sections so far say. */
        Settings settings() {
            Settings given = own;
            return given == null ? defaults : defaults.over(given);
        }

        /** With the {@code <Files>} of the server, then of each directory section that applied. */
        Settings withFiles(String filename) {
            String name = filename.substring(filename.lastIndexOf('/') + 1);
            Settings given = matching(files, name, null);
            for (Section section : applied) {
                given = matching(section.nested(), name, given);
            }
            return given == null ? settings() : settings().over(given);
        }

        private @Nullable Settings matching(List<Section> sections, String name, @Nullable Settings before) {
            Settings given = before;
            for (Section section : sections) {
                boolean isFiles = section.kind() == Section.Kind.FILES || section.kind() == Section.Kind.FILES_MATCH;
                if (isFiles && LocationWalk.matches(section.matcher(), name, environment)) {
                    given = LocationWalk.joined(given, section.settings());
                }
            }
            return given;
        }
    }
}
