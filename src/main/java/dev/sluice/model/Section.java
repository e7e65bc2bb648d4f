package dev.sluice.model;

import dev.sluice.source.Span;
import java.util.List;

/**
 * A section whose settings apply where its matcher says so.
 *
 * @param argument as written, for people
 * @param settings what its own lines gave
 * @param nested sections inside it, in order of reading ({@code <Files>} in {@code <Directory>})
 */
public record Section(Kind kind, String argument, Matcher matcher, Settings settings, List<Section> nested, Span span) {
    /** In httpd's words. */
    public enum Kind {
        DIRECTORY("Directory"),
        DIRECTORY_MATCH("DirectoryMatch"),
        FILES("Files"),
        FILES_MATCH("FilesMatch"),
        LOCATION("Location"),
        LOCATION_MATCH("LocationMatch"),
        PROXY("Proxy"),
        PROXY_MATCH("ProxyMatch"),
        IF("If"),
        ELSE_IF("ElseIf"),
        ELSE("Else");

        private final String directive;

        Kind(String directive) {
            this.directive = directive;
        }

        /** The section's name as a directive, without brackets. */
        public String directive() {
            return directive;
        }
    }

    @Override
    public String toString() {
        return "<" + kind.directive() + " " + argument + ">";
    }
}
