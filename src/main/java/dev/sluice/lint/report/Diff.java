package dev.sluice.lint.report;

import dev.sluice.lint.Fixes;
import dev.sluice.source.Edit;
import dev.sluice.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What edits change in a file, line by line. Needs no search: the edits say where. Bytes are held one a char. */
final class Diff {
    private static final int CONTEXT = 3;

    /** Lines {@code from} to {@code to} (exclusive, from 1) become {@code fresh}. */
    record Change(int from, int to, List<String> fresh) {}

    private Diff() {}

    /** The changes from top to bottom; edits that touch one line are one change. */
    static List<Change> changes(SourceFile file, List<Edit> edits) {
        List<Change> changes = new ArrayList<>();
        int at = 0;
        while (at < edits.size()) {
            int from = file.line(edits.get(at).span().start());
            int to = lineAfter(file, edits.get(at));
            int next = at + 1;
            while (next < edits.size() && file.line(edits.get(next).span().start()) < to) {
                to = Math.max(to, lineAfter(file, edits.get(next++)));
            }
            changes.add(change(file, from, to, edits.subList(at, next)));
            at = next;
        }
        return changes;
    }

    /** The first line that {@code edit} leaves as it is; whole lines put in before a line leave it. */
    private static int lineAfter(SourceFile file, Edit edit) {
        int end = edit.span().end();
        boolean atStart = file.column(end) == 1;
        boolean wholeLines = edit.replacement().isEmpty() || edit.replacement().endsWith("\n");
        return atStart && wholeLines ? file.line(end) : file.line(end) + 1;
    }

    private static Change change(SourceFile file, int from, int to, List<Edit> edits) {
        int start = offset(file, from);
        int end = offset(file, to);
        StringBuilder text = new StringBuilder();
        int done = start;
        for (Edit edit : edits) {
            text.append(file.text(), done, edit.span().start()).append(edit.replacement());
            done = edit.span().end();
        }
        text.append(file.text(), done, Math.max(done, end));
        return new Change(from, Math.min(to, lineCount(file) + 1), lines(text.toString()));
    }

    /** Where a line begins; the end of the text for one behind the last. */
    private static int offset(SourceFile file, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            int next = file.text().indexOf('\n', at);
            if (next < 0) {
                return file.text().length();
            }
            at = next + 1;
        }
        return at;
    }

    private static int lineCount(SourceFile file) {
        return lines(file.text()).size();
    }

    static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String[] lines = text.split("\n", -1);
        int count = text.endsWith("\n") ? lines.length - 1 : lines.length;
        return Arrays.stream(lines, 0, count)
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    /** In the unified form that patch takes. */
    static List<String> unified(SourceFile file, Fixes fixes, String name, Paint paint) {
        List<String> old = lines(file.text());
        List<Change> changes = changes(file, fixes.ordered(file));
        List<String> out = new ArrayList<>(List.of(paint.strong("--- " + name), paint.strong("+++ " + name)));
        int shift = 0;
        for (int i = 0; i < changes.size(); ) {
            int last = i;
            while (last + 1 < changes.size() && changes.get(last + 1).from - changes.get(last).to <= 2 * CONTEXT) {
                last++;
            }
            shift += hunk(old, changes.subList(i, last + 1), shift, paint, out);
            i = last + 1;
        }
        return out;
    }

    private static int hunk(List<String> old, List<Change> changes, int shift, Paint paint, List<String> out) {
        int from = Math.max(1, changes.get(0).from - CONTEXT);
        int to = Math.min(old.size() + 1, changes.get(changes.size() - 1).to + CONTEXT);
        int grown = 0;
        List<String> body = new ArrayList<>();
        int at = from;
        for (Change change : changes) {
            old.subList(at - 1, change.from - 1).forEach(line -> body.add(" " + line));
            old.subList(change.from - 1, change.to - 1).forEach(line -> body.add(paint.deleted("-" + line)));
            change.fresh.forEach(line -> body.add(paint.added("+" + line)));
            grown += change.fresh.size() - (change.to - change.from);
            at = change.to;
        }
        old.subList(at - 1, to - 1).forEach(line -> body.add(" " + line));
        int count = to - from;
        out.add(paint.gutter("@@ -" + range(from, count) + " +" + range(from + shift, count + grown) + " @@"));
        out.addAll(body);
        return grown;
    }

    private static String range(int from, int count) {
        return (count == 0 ? from - 1 : from) + (count == 1 ? "" : "," + count);
    }
}
