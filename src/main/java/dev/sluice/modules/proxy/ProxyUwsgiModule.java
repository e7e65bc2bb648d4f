package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;

/** mod_proxy_uwsgi: applications that speak uwsgi. It has no directives; {@link ProxyModule} asks whether it is loaded. */
public final class ProxyUwsgiModule implements HttpdModule {
    @Override
    public String id() {
        return "proxy_uwsgi_module";
    }

    @Override
    public String file() {
        return "mod_proxy_uwsgi.c";
    }
}
