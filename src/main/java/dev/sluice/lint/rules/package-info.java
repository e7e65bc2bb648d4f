/** Rules that are no single module's: what is wrong with virtual hosts, sections, access and rewriting. */
@NullMarked
package dev.sluice.lint.rules;

import org.jspecify.annotations.NullMarked;
