package dev.sluice.modules.aaa;

import dev.sluice.module.HttpdModule;

/** mod_authz_host: Require ip, host, forward-dns, local. It has no directives of its own. */
public final class AuthzHostModule implements HttpdModule {
    static final String ID = "authz_host_module";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_host.c";
    }
}
