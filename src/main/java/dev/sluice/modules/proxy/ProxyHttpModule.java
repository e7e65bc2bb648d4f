package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;

/** mod_proxy_http: http and https backends. It has no directives; {@link ProxyModule} asks whether it is loaded. */
public final class ProxyHttpModule implements HttpdModule {
    @Override
    public String id() {
        return "proxy_http_module";
    }

    @Override
    public String file() {
        return "mod_proxy_http.c";
    }
}
