/** What httpd keeps in modules/metadata: header fields and environment variables. Read {@link dev.sluice.modules.metadata.HeadersModule} first. */
@NullMarked
package dev.sluice.modules.metadata;

import org.jspecify.annotations.NullMarked;
