package dev.sluice.modules.mpm;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** The prefork MPM: its directives are read, and event loops serve. */
public final class MpmPreforkModule implements HttpdModule {
    @Override
    public String id() {
        return "mpm_prefork_module";
    }

    @Override
    public String file() {
        return "prefork.c";
    }

    @Override
    public List<Directive> directives() {
        return Mpm.rows(false, false);
    }
}
