package dev.sluice.lint;

import dev.sluice.source.Diagnostic;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The edits of fixes that can be made together: those of the findings in their order, each with all its edits or none. One
 * that touches what an earlier one changes waits for the next round.
 */
public final class Fixes {
    private final Map<String, SourceFile> files = new LinkedHashMap<>();
    private final Map<String, List<Edit>> edits = new LinkedHashMap<>();
    private int count;

    private Fixes() {}

    /** Those that may be made without asking. */
    public static Fixes of(List<Diagnostic> findings) {
        return of(findings, false);
    }

    /** Those that somebody asked for, and may want though they change what the configuration means. */
    public static Fixes asked(List<Diagnostic> findings) {
        return of(findings, true);
    }

    private static Fixes of(List<Diagnostic> findings, boolean unsafeToo) {
        Fixes fixes = new Fixes();
        for (Diagnostic finding : findings) {
            Fix fix = finding.fix();
            if (fix != null && (unsafeToo || fix.isSafe()) && fixes.accepts(fix)) {
                fix.edits().forEach(fixes::add);
                fixes.count++;
            }
        }
        return fixes;
    }

    /** One fix alone, for show. */
    public static Fixes of(Fix fix) {
        Fixes fixes = new Fixes();
        fix.edits().forEach(fixes::add);
        return fixes;
    }

    private boolean accepts(Fix fix) {
        return fix.edits().stream().allMatch(edit -> edits.getOrDefault(name(edit), List.of()).stream()
                .noneMatch(other -> overlap(edit.span(), other.span())));
    }

    /** Two that insert at one place overlap, too: nothing says which comes first. */
    private static boolean overlap(Span a, Span b) {
        return a.start() == b.start() || (a.start() < b.end() && b.start() < a.end());
    }

    private void add(Edit edit) {
        files.putIfAbsent(name(edit), edit.span().file());
        edits.computeIfAbsent(name(edit), n -> new ArrayList<>()).add(edit);
    }

    private static String name(Edit edit) {
        return edit.span().file().name();
    }

    /** How many fixes there are. */
    public int count() {
        return count;
    }

    /** The files that they change, as they are now. */
    public List<SourceFile> files() {
        return List.copyOf(files.values());
    }

    /** What {@code file} becomes; one char a byte. */
    public String changed(SourceFile file) {
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (Edit edit : ordered(file)) {
            text.append(file.text(), done, edit.span().start()).append(edit.replacement());
            done = edit.span().end();
        }
        return text.append(file.text(), done, file.text().length()).toString();
    }

    /** The edits of {@code file} from top to bottom. */
    public List<Edit> ordered(SourceFile file) {
        return edits.getOrDefault(file.name(), List.of()).stream()
                .sorted(Comparator.comparingInt(edit -> edit.span().start()))
                .toList();
    }
}
