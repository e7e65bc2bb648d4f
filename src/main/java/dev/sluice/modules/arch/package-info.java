/** What belongs to the operating system: user and group. */
@NullMarked
package dev.sluice.modules.arch;

import org.jspecify.annotations.NullMarked;
