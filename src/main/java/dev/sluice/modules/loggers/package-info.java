/** What httpd keeps in modules/loggers: access logs. Read {@link dev.sluice.modules.loggers.LogConfigModule} first. */
@NullMarked
package dev.sluice.modules.loggers;

import org.jspecify.annotations.NullMarked;
