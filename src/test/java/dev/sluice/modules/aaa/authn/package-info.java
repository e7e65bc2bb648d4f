/** Passwords, and the files that they are in. */
@NullMarked
package dev.sluice.modules.aaa.authn;

import org.jspecify.annotations.NullMarked;
