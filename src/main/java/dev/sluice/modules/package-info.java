/** The list of modules. */
@NullMarked
package dev.sluice.modules;

import org.jspecify.annotations.NullMarked;
