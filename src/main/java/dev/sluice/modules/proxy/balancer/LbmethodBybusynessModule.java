package dev.sluice.modules.proxy.balancer;

import dev.sluice.module.HttpdModule;

/** mod_lbmethod_bybusyness: the member with the fewest requests under way. It has no directives; {@link LbMethod} is what it does. */
public final class LbmethodBybusynessModule implements HttpdModule {
    @Override
    public String id() {
        return "lbmethod_bybusyness_module";
    }

    @Override
    public String file() {
        return "mod_lbmethod_bybusyness.c";
    }
}
