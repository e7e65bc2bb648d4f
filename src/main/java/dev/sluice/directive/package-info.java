/** A directive as one row: where it may stand, how many words, what it does. Knows no module. Read {@link dev.sluice.directive.Directive} first. */
@NullMarked
package dev.sluice.directive;

import org.jspecify.annotations.NullMarked;
