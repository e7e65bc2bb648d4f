/** What modules ask of the connections of a virtual host; the wire reads only this. Read {@link dev.sluice.connection.ListenerPlan} first. */
@NullMarked
package dev.sluice.connection;

import org.jspecify.annotations.NullMarked;
