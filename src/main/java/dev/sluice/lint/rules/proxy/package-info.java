/** Rules about backends: what is asked of them, by which line, and what their balancers do. Read {@code PassLine} first. */
@NullMarked
package dev.sluice.lint.rules.proxy;

import org.jspecify.annotations.NullMarked;
