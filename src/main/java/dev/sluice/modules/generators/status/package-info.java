/** What the server does at the moment, and has done. Read {@link dev.sluice.modules.generators.status.Scoreboard} first. */
@NullMarked
package dev.sluice.modules.generators.status;

import org.jspecify.annotations.NullMarked;
