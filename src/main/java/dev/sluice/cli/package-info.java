/**
 * The command lines: httpd's own, Sluice's, and what a server process does besides serving - signals, PID file, rights.
 * Read {@link dev.sluice.cli.HttpdCommand} first. What {@code -t} needs must not load the server's classes.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
