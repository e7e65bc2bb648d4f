/** Both codecs together: what random bytes and attackers do to them. */
@NullMarked
package dev.sluice.wire;

import org.jspecify.annotations.NullMarked;
