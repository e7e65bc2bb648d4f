/** HTTP itself: kept connections, media types. */
@NullMarked
package dev.sluice.modules.http;

import org.jspecify.annotations.NullMarked;
