/** Scripts: their lines, their environment, their processes, and the way of the bytes to and from them. Read {@link dev.sluice.modules.generators.cgi.ScriptHandler} first. */
@NullMarked
package dev.sluice.modules.generators.cgi;

import org.jspecify.annotations.NullMarked;
