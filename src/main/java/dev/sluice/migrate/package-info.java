/**
 * What people need to know before they move a configuration, and what moves it. Knows nothing of terminals. Read
 * {@link dev.sluice.migrate.Sites} first.
 */
@NullMarked
package dev.sluice.migrate;

import org.jspecify.annotations.NullMarked;
