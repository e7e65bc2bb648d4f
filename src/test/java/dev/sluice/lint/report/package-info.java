/** What lint writes, as people and programs get it. */
@NullMarked
package dev.sluice.lint.report;

import org.jspecify.annotations.NullMarked;
