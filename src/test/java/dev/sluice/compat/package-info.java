/**
 * The regression net: one configuration and one list of requests, given to Debian's apache2 and to Sluice, and every
 * difference between the two a failure. Cases are folders under {@code compat-tests/cases}; read
 * {@code compat-tests/README.md}, then {@link dev.sluice.compat.CompatTest}.
 */
@NullMarked
package dev.sluice.compat;

import org.jspecify.annotations.NullMarked;
