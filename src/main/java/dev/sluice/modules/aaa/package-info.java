/** Who may see what: mod_authz_core and its providers, mod_access_compat. Read {@link dev.sluice.modules.aaa.AuthzCoreModule} first. */
@NullMarked
package dev.sluice.modules.aaa;

import org.jspecify.annotations.NullMarked;
