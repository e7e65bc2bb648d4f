/** What makes answers: lists of folders, scripts, status pages. Each module's own classes stand in a folder of their own. Read {@link dev.sluice.modules.generators.AutoindexModule} first. */
@NullMarked
package dev.sluice.modules.generators;

import org.jspecify.annotations.NullMarked;
