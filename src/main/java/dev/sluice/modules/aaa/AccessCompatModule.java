package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;

/** mod_access_compat: Order, Allow, Deny and Satisfy of httpd 2.2, beside Require. */
public final class AccessCompatModule implements HttpdModule {
    @Override
    public String id() {
        return "access_compat_module";
    }

    @Override
    public String file() {
        return "mod_access_compat.c";
    }

    /** In lower case, as in httpd's table and so in its messages. */
    @Override
    public List<Directive> directives() {
        Places limit = Places.anywhere(AllowOverride.LIMIT);
        return List.of(
                directive("order", limit, reads(Args.TAKE1, CompatLines::order, CompatRules.SETTING)),
                directive("allow", limit, reads(Args.ITERATE2, CompatLines::allow, CompatRules.SETTING)),
                directive("deny", limit, reads(Args.ITERATE2, CompatLines::deny, CompatRules.SETTING)),
                directive(
                        "Satisfy",
                        Places.anywhere(AllowOverride.AUTH_CONFIG),
                        reads(Args.TAKE1, CompatLines::satisfy, CompatRules.SETTING)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.ACCESS_CHECKER, AccessCompatModule::checkAccess);
    }

    /** check_dir_access of mod_access_compat.c. */
    private static Outcome checkAccess(Request request) {
        CompatRules rules = request.settings().get(CompatRules.SETTING);
        if (rules.isEmpty()) {
            return Outcome.DECLINED;
        }
        return switch (rules.decide(request)) {
            case ALLOWED -> Outcome.OK;
            case ON_WORKER -> Outcome.ON_WORKER;
            case DENIED -> {
                request.log(Level.ERROR, "access_compat", "AH01797: " + AuthzCoreModule.denied(request));
                yield Outcome.status(403);
            }
        };
    }

    /** True where "Satisfy Any" stands: the address, or else a user, is enough. */
    public static boolean satisfiesAny(Request request) {
        return request.settings().get(CompatRules.SETTING).satisfiesAny(request.method());
    }
}
