/** Findings for people and for programs: text, JSON, SARIF. Knows no rule. Read {@link dev.sluice.lint.report.TextReport} first. */
@NullMarked
package dev.sluice.lint.report;

import org.jspecify.annotations.NullMarked;
