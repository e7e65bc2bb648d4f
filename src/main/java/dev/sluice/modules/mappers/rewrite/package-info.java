/**
 * Rules that rewrite URLs: how they are read, and what they do to a request. Knows neither Alias nor the proxy, to which it
 * hands over by {@code request.filename()}. Read {@link dev.sluice.modules.mappers.rewrite.Rewrites} first, then
 * {@link dev.sluice.modules.mappers.rewrite.Rewriting}.
 */
@NullMarked
package dev.sluice.modules.mappers.rewrite;

import org.jspecify.annotations.NullMarked;
