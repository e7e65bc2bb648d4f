package dev.sluice.modules.mpm;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** The event MPM: its directives are read, and event loops serve. */
public final class MpmEventModule implements HttpdModule {
    @Override
    public String id() {
        return "mpm_event_module";
    }

    @Override
    public String file() {
        return "event.c";
    }

    @Override
    public List<Directive> directives() {
        return Mpm.rows(true, true);
    }
}
