/** Asks directories who somebody is: mod_ldap and what mod_authnz_ldap needs of it. Read {@link dev.sluice.modules.aaa.ldap.LdapTerms} first. */
@NullMarked
package dev.sluice.modules.aaa.ldap;

import org.jspecify.annotations.NullMarked;
