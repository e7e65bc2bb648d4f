package dev.sluice.modules.mpm;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** The worker MPM: its directives are read, and event loops serve. */
public final class MpmWorkerModule implements HttpdModule {
    @Override
    public String id() {
        return "mpm_worker_module";
    }

    @Override
    public String file() {
        return "worker.c";
    }

    @Override
    public List<Directive> directives() {
        return Mpm.rows(true, false);
    }
}
