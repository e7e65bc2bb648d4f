/** A request on its way through the phases, and the hooks that decide. Knows no configuration text. Read {@link dev.sluice.request.Hooks} first. */
@NullMarked
package dev.sluice.request;

import org.jspecify.annotations.NullMarked;
