package dev.sluice.modules.proxy.balancer;

import dev.sluice.module.HttpdModule;

/** mod_lbmethod_bytraffic: as many bytes as their weights say. It has no directives; {@link LbMethod} is what it does. */
public final class LbmethodBytrafficModule implements HttpdModule {
    @Override
    public String id() {
        return "lbmethod_bytraffic_module";
    }

    @Override
    public String file() {
        return "mod_lbmethod_bytraffic.c";
    }
}
