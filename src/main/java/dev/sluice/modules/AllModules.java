package dev.sluice.modules;

import dev.sluice.module.HttpdModule;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.http2.Http2Module;
import dev.sluice.modules.mpm.MpmEventModule;
import dev.sluice.modules.mpm.MpmPreforkModule;
import dev.sluice.modules.mpm.MpmWorkerModule;
import dev.sluice.modules.ssl.SslModule;
import java.util.List;

/** Every httpd module that has a class here. */
public final class AllModules {
    private AllModules() {}

    /** New instances, for one reading of a configuration. */
    public static List<HttpdModule> create() {
        return List.of(
                new CoreModule(),
                new UnixdModule(),
                new MpmEventModule(),
                new MpmWorkerModule(),
                new MpmPreforkModule(),
                new Http2Module(),
                new SslModule());
    }
}
