package dev.sluice.modules.filters;

import dev.sluice.module.HttpdModule;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;

/** mod_ratelimit: how fast a response may go out. It has no directives: variables say how fast. */
public final class RatelimitModule implements HttpdModule {
    @Override
    public String id() {
        return "ratelimit_module";
    }

    @Override
    public String file() {
        return "mod_ratelimit.c";
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("RATE_LIMIT", FilterType.PROTOCOL + 3, RateLimit::begin);
    }
}
