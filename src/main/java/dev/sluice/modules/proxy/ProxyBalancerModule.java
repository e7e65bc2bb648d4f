package dev.sluice.modules.proxy;

import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.Headers;

/** mod_proxy_balancer: requests for a balancer go to one of its members; and the balancer-manager. */
public final class ProxyBalancerModule implements HttpdModule {
    private final ProxyModule proxy;

    /** @param proxy whose balancers are managed */
    public ProxyBalancerModule(ProxyModule proxy) {
        this.proxy = proxy;
    }

    @Override
    public String id() {
        return "proxy_balancer_module";
    }

    @Override
    public String file() {
        return "mod_proxy_balancer.c";
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.HANDLER, Hooks.Turn.FIRST, this::manage);
    }

    private Outcome manage(Request request) {
        if (!"balancer-manager".equals(request.handler())) {
            return Outcome.DECLINED;
        }
        String method = request.method();
        if (method.equals("GET") || method.equals("HEAD") || method.equals("POST")) {
            return proxy.manage(request);
        }
        request.alwaysHeaders().put(Headers.ALLOW, "POST,OPTIONS,HEAD,GET,TRACE");
        return Outcome.status(405);
    }
}
