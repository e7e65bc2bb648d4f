package dev.sluice.modules.http;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Reading;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.CoreWords;
import java.util.List;

/** http_core: how long connections are kept. */
public final class HttpCoreModule implements HttpdModule {
    @Override
    public String id() {
        return "http_module";
    }

    @Override
    public String file() {
        return "http_core.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("KeepAlive", SERVERS, sets(CoreModule.KEEP_ALIVE, Reading.flag())),
                directive(
                        "KeepAliveTimeout", SERVERS, sets(CoreModule.KEEP_ALIVE_TIMEOUT, CoreWords.keepAliveTimeout())),
                directive("MaxKeepAliveRequests", SERVERS, sets(CoreModule.MAX_KEEP_ALIVE_REQUESTS, Reading.atoi())));
    }
}
