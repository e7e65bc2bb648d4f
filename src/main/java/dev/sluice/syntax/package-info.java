/**
 * Text to lines and words, losing nothing, by ANTLR; nobody above sees ANTLR. Knows no directive. Read {@link
 * dev.sluice.syntax.ConfigParser} first.
 */
@NullMarked
package dev.sluice.syntax;

import org.jspecify.annotations.NullMarked;
