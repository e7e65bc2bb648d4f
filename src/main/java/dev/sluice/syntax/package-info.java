/** From bytes to lines and words, by ANTLR, losing nothing. */
@NullMarked
package dev.sluice.syntax;

import org.jspecify.annotations.NullMarked;
