/** The contract between an httpd module and everything else. Read {@link dev.sluice.module.HttpdModule} first. */
@NullMarked
package dev.sluice.module;

import org.jspecify.annotations.NullMarked;
