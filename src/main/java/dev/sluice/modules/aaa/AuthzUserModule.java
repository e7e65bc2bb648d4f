package dev.sluice.modules.aaa;

import dev.sluice.module.HttpdModule;

/** mod_authz_user: Require user and valid-user, which are refused as long as nobody can be authenticated. */
public final class AuthzUserModule implements HttpdModule {
    @Override
    public String id() {
        return "authz_user_module";
    }

    @Override
    public String file() {
        return "mod_authz_user.c";
    }
}
