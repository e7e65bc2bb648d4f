/** What a configuration means: settings, how they merge, servers and sections. Knows neither text nor requests. Read {@link dev.sluice.model.Setting} first. */
@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
