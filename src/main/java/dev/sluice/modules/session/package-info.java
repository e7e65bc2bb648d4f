/** What httpd keeps in modules/session: what a client carries from request to request. Read {@link dev.sluice.modules.session.SessionModule} first. */
@NullMarked
package dev.sluice.modules.session;

import org.jspecify.annotations.NullMarked;
