/**
 * What the codecs of the wire share and show to those above: the words of HTTP that Undertow has none for. Knows the JDK, XNIO and Undertow;
 * no module and no configuration. Read {@link dev.sluice.wire.InterimResponses} first.
 */
@NullMarked
package dev.sluice.wire;

import org.jspecify.annotations.NullMarked;
