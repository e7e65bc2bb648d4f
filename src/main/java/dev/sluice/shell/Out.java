package dev.sluice.shell;

import dev.sluice.lint.report.Paint;
import java.util.List;

/** Where commands print. Lines are characters. */
interface Out {
    void line(String text);

    /** A table, or the same as JSON where that was asked for. */
    void table(Table table);

    /** Any value as JSON; what makes one asks {@link #isJson} first. */
    void json(Object value);

    boolean isJson();

    Paint paint();

    /** Asks a person; false where there is none to ask, or the answer is not yes. */
    boolean confirm(String question);

    /** Says on a terminal how far something is; the next such line takes its place. */
    void progress(String text);

    default void lines(List<String> lines) {
        lines.forEach(this::line);
    }
}
