/** httpd's folder {@code modules/filters}: modules that stand between a request and its connection. */
@NullMarked
package dev.sluice.modules.filters;

import org.jspecify.annotations.NullMarked;
