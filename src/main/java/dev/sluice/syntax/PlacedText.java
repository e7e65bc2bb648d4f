package dev.sluice.syntax;

import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Text that was put together from pieces of a file, and where each char of it came from.
 *
 * <p>A logical line is such a text: joins are taken out of it, variables and macro arguments are put into it. What was put
 * in has the place of what it stands for.
 */
public final class PlacedText {
    private final String text;
    private final List<Piece> pieces;
    private final int from;

    private PlacedText(String text, List<Piece> pieces, int from) {
        this.text = text;
        this.pieces = pieces;
        this.from = from;
    }

    /** The text of {@code file} from {@code start} to {@code end} as it stands there. */
    public static PlacedText of(SourceFile file, int start, int end) {
        return new PlacedText(file.text().substring(start, end), List.of(new Piece(0, file, start, end, true)), 0);
    }

    public String text() {
        return text;
    }

    /** The part from {@code start} to {@code end}, which knows its places as the whole does. */
    public PlacedText part(int start, int end) {
        return start == 0 && end == text.length()
                ? this
                : new PlacedText(text.substring(start, end), pieces, from + start);
    }

    /** Without white space at its ends. */
    public PlacedText trimmed() {
        int start = 0;
        int end = text.length();
        while (start < end && Quoting.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Quoting.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return part(start, end);
    }

    /** The place that the chars from {@code start} to {@code end} came from, with what was taken out between them. */
    public Span span(int start, int end) {
        Piece first = pieces.get(pieceAt(from + start));
        int begin = first.placeOf(from + start);
        if (end <= start) {
            return first.file.span(begin, begin);
        }
        Piece last = pieces.get(pieceAt(from + end - 1));
        int stop = last.placeAfter(from + end - 1);
        return first.file == last.file && stop >= begin
                ? first.file.span(begin, stop)
                : first.file.span(begin, first.end);
    }

    public Span span() {
        return span(0, text.length());
    }

    /** The index of the piece that {@code at}, an index into the whole text, is in. */
    private int pieceAt(int at) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).at <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Puts a text together. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Piece> pieces = new ArrayList<>();

        /** Appends {@code file}'s text from {@code start} to {@code end}. */
        public Builder append(SourceFile file, int start, int end) {
            pieces.add(new Piece(text.length(), file, start, end, true));
            text.append(file.text(), start, end);
            return this;
        }

        /** Appends the part of {@code source} from {@code start} to {@code end}. */
        public Builder append(PlacedText source, int start, int end) {
            int at = start;
            for (int i = source.pieceAt(source.from + start); at < end; i++) {
                Piece piece = source.pieces.get(i);
                int absolute = source.from + at;
                int next =
                        i + 1 < source.pieces.size() ? Math.min(end, source.pieces.get(i + 1).at - source.from) : end;
                pieces.add(piece.verbatim ? piece.cut(absolute, text.length(), next - at) : piece.at(text.length()));
                text.append(source.text, at, next);
                at = next;
            }
            return this;
        }

        /** Appends {@code replacement}, which stands for what is at {@code place}. */
        public Builder append(String replacement, Span place) {
            if (!replacement.isEmpty()) {
                pieces.add(new Piece(text.length(), place.file(), place.start(), place.end(), false));
                text.append(replacement);
            }
            return this;
        }

        /** The text; {@code place} is where it stands if it is empty. */
        public PlacedText build(Span place) {
            if (pieces.isEmpty()) {
                pieces.add(new Piece(0, place.file(), place.start(), place.end(), false));
            }
            return new PlacedText(text.toString(), List.copyOf(pieces), 0);
        }
    }

    /** From {@code at} in the text: {@code start} to {@code end} of {@code file}, char by char if {@code verbatim}. */
    private record Piece(int at, SourceFile file, int start, int end, boolean verbatim) {
        int placeOf(int index) {
            return verbatim ? Math.min(start + index - at, end) : start;
        }

        int placeAfter(int index) {
            return verbatim ? Math.min(start + index - at + 1, end) : end;
        }

        Piece cut(int from, int newAt, int length) {
            return new Piece(newAt, file, start + from - at, start + from - at + length, true);
        }

        Piece at(int newAt) {
            return new Piece(newAt, file, start, end, verbatim);
        }
    }
}
