/** Tests of the command lines; most start the launchers as people do. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
