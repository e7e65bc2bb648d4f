/** mod_http2 as clients meet it: servers made from a configuration. */
@NullMarked
package dev.sluice.modules.http2;

import org.jspecify.annotations.NullMarked;
