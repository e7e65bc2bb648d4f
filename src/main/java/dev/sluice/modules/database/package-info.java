/** What httpd keeps in modules/database: mod_dbd, which has no drivers here. */
@NullMarked
package dev.sluice.modules.database;

import org.jspecify.annotations.NullMarked;
