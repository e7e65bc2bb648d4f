package dev.sluice.modules.mappers;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.mappers.negotiation.NegotiationHooks;
import dev.sluice.modules.mappers.negotiation.NegotiationLines;
import dev.sluice.request.Hooks;
import dev.sluice.request.Phase;
import java.util.List;

/** mod_negotiation: one URL for several files, of which a client gets what it likes best. */
public final class NegotiationModule implements HttpdModule {
    @Override
    public String id() {
        return "negotiation_module";
    }

    @Override
    public String file() {
        return "mod_negotiation.c";
    }

    @Override
    public List<Directive> directives() {
        return NegotiationLines.rows();
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TYPE_CHECKER, Hooks.Turn.FIRST, NegotiationHooks::multiViews)
                .at(Phase.FIXUPS, NegotiationHooks::encoding)
                .at(Phase.HANDLER, NegotiationHooks::typeMap);
    }
}
