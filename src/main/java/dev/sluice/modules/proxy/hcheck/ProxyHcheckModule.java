package dev.sluice.modules.proxy.hcheck;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;
import java.util.Map;

/** mod_proxy_hcheck: whether members of balancers are well is found out before a request needs them. */
public final class ProxyHcheckModule implements HttpdModule {
    /** By name in lower case. */
    static final Setting<Map<String, Map<String, String>>> TEMPLATES =
            perServer("ProxyHCTemplate", Map.of(), Merge.overlay());

    public static final Setting<Map<String, HealthCondition>> CONDITIONS =
            perServer("ProxyHCExpr", Map.of(), Merge.overlay());

    /** How many checks may run at a time; 0: one after the other. */
    public static final Setting<Integer> THREADS = perServer("ProxyHCTPsize", 16);

    @Override
    public String id() {
        return "proxy_hcheck_module";
    }

    @Override
    public String file() {
        return "mod_proxy_hcheck.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("ProxyHCTemplate", Places.anywhere(AllowOverride.FILE_INFO), raw(HealthCheckLines::template)),
                directive("ProxyHCExpr", Places.anywhere(AllowOverride.FILE_INFO), raw(HealthCheckLines::condition)),
                directive("ProxyHCTPsize", Places.MAIN_SERVER, sets(THREADS, threads())));
    }

    private static Arg<Integer> threads() {
        return (word, line, scope) -> {
            int threads = Reading.atoi(word.text());
            if (threads < 0) {
                throw new BadArgument("Invalid ProxyHCTPsize parameter. Parameter must be >= 0", word.span());
            }
            return threads;
        };
    }
}
