/** Lists of folders as mod_autoindex writes them. Knows no other module. Read {@link dev.sluice.modules.generators.autoindex.DirectoryIndex} first. */
@NullMarked
package dev.sluice.modules.generators.autoindex;

import org.jspecify.annotations.NullMarked;
