package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;

/** mod_proxy_ajp: servlet containers that speak AJP. It has no directives; {@link ProxyModule} asks whether it is loaded. */
public final class ProxyAjpModule implements HttpdModule {
    @Override
    public String id() {
        return "proxy_ajp_module";
    }

    @Override
    public String file() {
        return "mod_proxy_ajp.c";
    }
}
