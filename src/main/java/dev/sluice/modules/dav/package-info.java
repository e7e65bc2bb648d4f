/** WebDAV: what its lines say is checked, and refused where it would have to be done. */
@NullMarked
package dev.sluice.modules.dav;

import org.jspecify.annotations.NullMarked;
