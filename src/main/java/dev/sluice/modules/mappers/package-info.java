/** What httpd keeps in modules/mappers: URLs to files and to other URLs. Read {@link dev.sluice.modules.mappers.AliasModule} first. */
@NullMarked
package dev.sluice.modules.mappers;

import org.jspecify.annotations.NullMarked;
