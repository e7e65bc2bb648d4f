/**
 * From files to one stream of lines: includes, definitions, conditions, macros and modules are decided while reading, in
 * httpd's order and with httpd's messages. Knows no module; what the modules know comes in through {@link
 * dev.sluice.config.ReadTimeModules}. Read {@link dev.sluice.config.ConfigReader} first.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
