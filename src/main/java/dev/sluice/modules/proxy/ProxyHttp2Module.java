package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;

/** mod_proxy_http2: h2 and h2c backends. It has no directives; {@link ProxyModule} asks whether it is loaded. */
public final class ProxyHttp2Module implements HttpdModule {
    @Override
    public String id() {
        return "proxy_http2_module";
    }

    @Override
    public String file() {
        return "mod_proxy_http2.c";
    }
}
