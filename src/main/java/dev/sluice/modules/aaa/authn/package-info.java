/** Who a user is: providers, passwords and the files that hold them. Read {@link dev.sluice.modules.aaa.authn.AuthnProvider} first. */
@NullMarked
package dev.sluice.modules.aaa.authn;

import org.jspecify.annotations.NullMarked;
