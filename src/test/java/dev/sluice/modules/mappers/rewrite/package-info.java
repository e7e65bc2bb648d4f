/** Tests of rules that rewrite URLs. */
@NullMarked
package dev.sluice.modules.mappers.rewrite;

import org.jspecify.annotations.NullMarked;
