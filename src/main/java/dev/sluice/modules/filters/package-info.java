/**
 * What httpd's folder {@code modules/filters} has: modules that change bodies on their way. A filter is a
 * {@link dev.sluice.request.Filter}; each module registers its own by name. Read
 * {@link dev.sluice.modules.filters.SubstituteModule} first. Knows nothing of proxies or files.
 */
@NullMarked
package dev.sluice.modules.filters;

import org.jspecify.annotations.NullMarked;
