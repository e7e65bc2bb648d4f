/** From the text of a configuration to its model. Knows modules only as {@link dev.sluice.module.HttpdModule}. */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
