/**
 * mod_md: managed domains. Certificates that are in the store are served; getting and renewing them is left to httpd's mod_md
 * or another ACME client. Read {@link dev.sluice.modules.md.MdModule} first.
 */
@NullMarked
package dev.sluice.modules.md;

import org.jspecify.annotations.NullMarked;
