/** Runs a configuration: listeners, the choice of the virtual host, the phases of a request, reload. Read {@link dev.sluice.server.HttpdServer} first. */
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
