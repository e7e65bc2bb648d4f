package dev.sluice.config;

import dev.sluice.model.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access file ({@code .htaccess}) that was read.
 *
 * @param section what it says, as a section of its directory
 * @param error httpd's complaint, without the file's name; null for a file that can be applied
 * @param warnings what is warned of on the way, with AH numbers in front
 */
public record AccessFile(Section section, @Nullable String error, List<String> warnings) {}
