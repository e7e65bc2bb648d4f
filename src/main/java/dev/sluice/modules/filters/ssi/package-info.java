/** Pages with server-side includes: what stands in them, and what it comes to. Read {@link dev.sluice.modules.filters.ssi.Page} first. */
@NullMarked
package dev.sluice.modules.filters.ssi;

import org.jspecify.annotations.NullMarked;
