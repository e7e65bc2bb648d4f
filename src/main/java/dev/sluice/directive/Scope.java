package dev.sluice.directive;

import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.source.Fix;
import dev.sluice.source.Rule;
import dev.sluice.source.Span;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section that a line stands in, as far as a module may see it. */
public interface Scope {
    Place place();

    /** Where the line is that is executed; null outside of any. */
    Line.@Nullable At at();

    /** What relative paths are relative to. */
    Path serverRoot();

    /** Names given by {@code -D} and {@code Define}. */
    Set<String> defines();

    boolean isLoaded(String moduleId);

    /** The short name ({@code proxy}) of a loaded module given by id, source file or short name; null for another. */
    @Nullable
    String shortName(String module);

    /** Where a directive of a loaded module may stand; a section is asked for with {@code <}. */
    Known known(String directive);

    /** The argument of the innermost section, and what kind it is; null at server level. */
    @Nullable
    Enclosing enclosing();

    /** The methods of the {@code <Limit>} or {@code <LimitExcept>} around the line; null where there is none. */
    @Nullable
    Methods methods();

    /**
     * Gives a value to a setting, for the section or server that the line stands in.
     *
     * @throws IllegalStateException when a per-server setting is given inside a directory section
     */
    <T> void give(Setting<T> setting, T value, Span origin);

    /** The value that earlier lines of the same section gave; null where none did. */
    <T> @Nullable T given(Setting<T> setting);

    /**
     * As {@link #give}, for the server around the sections that the line stands in: a line that names a worker says
     * something of the whole server, wherever it stands.
     */
    <T> void giveServer(Setting<T> setting, T value, Span origin);

    /** The value that earlier lines gave to the server around, wherever they stand; null where none did. */
    <T> @Nullable T givenByServer(Setting<T> setting);

    /** Executes the lines of {@code <VirtualHost>} in a server of their own. */
    void openServer(Line section);

    /** Executes the lines of {@code section} in a section of their own. */
    void openSection(Section.Kind kind, String argument, Matcher matcher, Line section) throws BadArgument;

    /** As {@link #openSection}, but hands the section back instead of adding it to those around it. */
    Section readSection(Section.Kind kind, String argument, Matcher matcher, Line section);

    /** Executes the lines of {@code section} as if they stood here. */
    void openGroup(Line section);

    /** Executes the lines of {@code section} as if they stood here, limited to {@code methods}. */
    void openLimit(Methods methods, Line section);

    /**
     * Executes the lines of {@code section} in this place and hands back what they gave, instead of giving it here. Only
     * directives of the class {@code only} may stand in it.
     */
    Settings gather(Line section, AllowOverride only);

    /** Reports a finding that does not stop the line. */
    void find(Rule rule, Span span, String message, @Nullable Fix fix);

    default void find(Rule rule, Span span, String message) {
        find(rule, span, message, null);
    }

    /** {@code path} below the server root where it is relative. */
    default Path resolve(String path) {
        return serverRoot().resolve(path);
    }

    /** How well a directive is known. */
    enum Known {
        NOWHERE,
        /** Never in a directory. */
        AT_SERVER_LEVEL,
        IN_DIRECTORIES
    }

    record Enclosing(Section.Kind kind, String argument, Matcher matcher) {}

    /**
     * The methods of a {@code <Limit>}. HEAD counts as GET, as everywhere in httpd.
     *
     * @param names upper and lower case differ
     * @param except true where all methods but these are meant
     */
    record Methods(Set<String> names, boolean except) {
        public boolean include(String method) {
            return names.contains(method.equals("HEAD") ? "GET" : method) != except;
        }

        public boolean isNone() {
            return names.isEmpty() && !except;
        }

        /** The methods that both include. */
        public Methods and(Methods other) {
            if (except && !other.except) {
                return other.and(this);
            }
            Set<String> joined = new HashSet<>(names);
            if (except) {
                joined.addAll(other.names);
            } else {
                joined.removeIf(name -> !other.include(name));
            }
            return new Methods(Set.copyOf(joined), except);
        }

        /** The methods that either includes. */
        public Methods or(Methods other) {
            return inverse().and(other.inverse()).inverse();
        }

        private Methods inverse() {
            return new Methods(names, !except);
        }
    }
}
