/** Regular expressions as httpd writes them, and what conditions are made of. Read {@link dev.sluice.expression.Regex} first. */
@NullMarked
package dev.sluice.expression;

import org.jspecify.annotations.NullMarked;
