/** The parts of mod_auth_digest. Read {@link dev.sluice.modules.aaa.AuthDigestModule} first. */
@NullMarked
package dev.sluice.modules.aaa.digest;

import org.jspecify.annotations.NullMarked;
