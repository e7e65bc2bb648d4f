/** What belongs to HTTP itself: mod_mime. Read {@link dev.sluice.modules.http.MimeModule} first. */
@NullMarked
package dev.sluice.modules.http;

import org.jspecify.annotations.NullMarked;
