/** mod core and what all modules may lean on. */
@NullMarked
package dev.sluice.modules.core;

import org.jspecify.annotations.NullMarked;
