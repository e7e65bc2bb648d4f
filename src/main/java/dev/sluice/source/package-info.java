/** Text and places in it: files, spans, findings, edits. The lowest floor; knows no other. Read {@link dev.sluice.source.SourceFile} first. */
@NullMarked
package dev.sluice.source;

import org.jspecify.annotations.NullMarked;
