package dev.sluice.modules.aaa;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.ldap.Directories;
import dev.sluice.modules.aaa.ldap.LdapLines;
import java.util.List;

/** mod_authnz_ldap: users and what they may do, as a directory knows them. */
public final class AuthnzLdapModule implements HttpdModule {
    private static final String ID = "authnz_ldap_module";

    private final LdapUsers users = new LdapUsers();

    public AuthnzLdapModule(AuthnProviders providers, AuthzProviders rights) {
        LdapRights known = new LdapRights(users);
        providers.bring(ID, "ldap", new AuthnProvider(users::check, null));
        rights.bring(ID, "ldap-user", known.ofUser("ldap-user", LdapRights.Question::user));
        rights.bring(ID, "ldap-group", known.ofUser("ldap-group", LdapRights.Question::group));
        rights.bring(ID, "ldap-dn", known.ofUser("ldap-dn", LdapRights.Question::name));
        rights.bring(ID, "ldap-attribute", known.ofUser("ldap-attribute", LdapRights.Question::attribute));
        rights.bring(ID, "ldap-filter", known.ofUser("ldap-filter", LdapRights.Question::filter));
        rights.bring(ID, "ldap-search", known::search);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authnz_ldap.c";
    }

    @Override
    public List<Directive> directives() {
        return LdapLines.rows();
    }

    @Override
    public void start(Start start) {
        Directories directories = new Directories(start.configuration().main().settings());
        users.ask(directories);
        start.onStop(directories::close);
    }
}
