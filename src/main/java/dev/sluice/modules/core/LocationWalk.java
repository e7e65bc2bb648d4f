package dev.sluice.modules.core;

import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.Environment;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <Location>} sections of one server, merged over what a request has so far (ap_location_walk, request.c).
 * Compiled once; a walk allocates nothing but what a regular expression needs.
 */
public final class LocationWalk {
    private final Section[] sections;

    private LocationWalk(Section[] sections) {
        this.sections = sections;
    }

    public static LocationWalk of(Server server) {
        return new LocationWalk(server.sections(Section.Kind.LOCATION, Section.Kind.LOCATION_MATCH)
                .toArray(Section[]::new));
    }

    /** True where no section can apply. */
    public boolean isEmpty() {
        return sections.length == 0;
    }

    /**
     * The settings of the sections that apply, in the order of reading, over {@code base}.
     *
     * @param path decoded URL path; sections that are no regular expressions see it with runs of slashes as one
     * @param environment gets {@code MATCH_NAME} for each named group of a regular expression that applies
     */
    public Settings walk(Settings base, String path, Environment environment) {
        if (sections.length == 0) {
            return base;
        }
        String merged = path.startsWith("/") ? oneSlash(path) : path;
        Settings own = null;
        for (Section section : sections) {
            Matcher matcher = section.matcher();
            if (matches(matcher, matcher instanceof SectionMatchers.Pattern ? path : merged, environment)) {
                own = joined(own, section.settings());
            }
        }
        return own == null ? base : base.over(own);
    }

    /** Sections of one kind merge with each other first, as in httpd: AuthMerging shows the difference. */
    static Settings joined(@Nullable Settings before, Settings settings) {
        return before == null ? settings : before.over(settings);
    }

    /** True where {@code matcher} takes {@code name}; its named groups become variables. */
    public static boolean matches(Matcher matcher, String name, Environment environment) {
        return matcher.captures().isEmpty() ? matcher.matches(name) : matcher.matches(name, environment::set);
    }

    static String oneSlash(String path) {
        int run = path.indexOf("//");
        if (run < 0) {
            return path;
        }
        StringBuilder one = new StringBuilder(path.length()).append(path, 0, run);
        for (int i = run; i < path.length(); i++) {
            if (path.charAt(i) != '/' || one.isEmpty() || one.charAt(one.length() - 1) != '/') {
                one.append(path.charAt(i));
            }
        }
        return one.toString();
    }
}
