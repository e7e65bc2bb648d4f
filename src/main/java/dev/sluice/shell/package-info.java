/** The interactive shell. Read {@link dev.sluice.shell.Shell} first. */
@NullMarked
package dev.sluice.shell;

import org.jspecify.annotations.NullMarked;
