package dev.sluice.modules.proxy.balancer;

import dev.sluice.module.HttpdModule;

/** mod_lbmethod_byrequests: as many requests as their weights say. It has no directives; {@link LbMethod} is what it does. */
public final class LbmethodByrequestsModule implements HttpdModule {
    @Override
    public String id() {
        return "lbmethod_byrequests_module";
    }

    @Override
    public String file() {
        return "mod_lbmethod_byrequests.c";
    }
}
