/** Judges configurations: everything that is wrong with one, as diagnostics. Read {@link dev.sluice.lint.Linter} first. */
@NullMarked
package dev.sluice.lint;

import org.jspecify.annotations.NullMarked;
