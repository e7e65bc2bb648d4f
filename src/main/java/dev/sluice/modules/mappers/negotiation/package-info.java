/** Variants of one resource, and which of them a client gets. Read {@link dev.sluice.modules.mappers.negotiation.Negotiation} first. */
@NullMarked
package dev.sluice.modules.mappers.negotiation;

import org.jspecify.annotations.NullMarked;
