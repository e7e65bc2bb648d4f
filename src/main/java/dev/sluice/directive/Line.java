package dev.sluice.directive;

import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.List;

/** A line that is executed: stub until merged. */
public record Line(
        String name,
        boolean isSection,
        String args,
        List<Word> words,
        Span span,
        List<Line> children,
        String fileName,
        int lineNumber) {}
