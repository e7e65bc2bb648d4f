package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;

/** mod_proxy_balancer: requests for a balancer go to one of its members. */
public final class ProxyBalancerModule implements HttpdModule {
    @Override
    public String id() {
        return "proxy_balancer_module";
    }

    @Override
    public String file() {
        return "mod_proxy_balancer.c";
    }
}
