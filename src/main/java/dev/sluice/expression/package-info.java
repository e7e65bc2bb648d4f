/**
 * Regular expressions as httpd writes them, and ap_expr. Knows no request: what names mean is told by {@link
 * dev.sluice.expression.Names}. Read {@link dev.sluice.expression.Expression} and {@link dev.sluice.expression.Regex} first.
 */
@NullMarked
package dev.sluice.expression;

import org.jspecify.annotations.NullMarked;
