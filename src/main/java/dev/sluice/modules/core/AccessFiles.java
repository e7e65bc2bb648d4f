package dev.sluice.modules.core;

import dev.sluice.directive.Overrides;
import dev.sluice.model.Section;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The access files ({@code .htaccess}) that requests meet on their way down. Blocks: for worker threads. */
@FunctionalInterface
public interface AccessFiles {
    /** No directory has one. */
    AccessFiles NONE = (request, directory, admitted, names, isSearchable) -> Found.NOTHING;

    /**
     * What the access file of a directory says; it is read anew where it has changed.
     *
     * @param directory its path, bytes held one a char, with a slash at its end
     * @param admitted what the file may say
     * @param names in order: the first that is there is the one
     * @param isSearchable true where it is known that names in the directory can be looked up
     */
    Found in(Request request, String directory, Overrides admitted, List<String> names, boolean isSearchable);

    /**
     * What was found.
     *
     * @param section null where there is no file
     * @param refused what ends the request, for a file that cannot be read or understood; it has been logged
     */
    record Found(@Nullable Section section, @Nullable Outcome refused) {
        public static final Found NOTHING = new Found(null, null);
    }
}
