@NullMarked
package dev.sluice.shell;

import org.jspecify.annotations.NullMarked;
