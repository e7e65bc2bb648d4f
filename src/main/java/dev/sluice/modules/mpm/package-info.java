/** The processing models: one event loop serves here, whichever of them is named. */
@NullMarked
package dev.sluice.modules.mpm;

import org.jspecify.annotations.NullMarked;
