package dev.sluice.modules;

import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.AccessCompatModule;
import dev.sluice.modules.aaa.AuthzCoreModule;
import dev.sluice.modules.aaa.AuthzHostModule;
import dev.sluice.modules.aaa.AuthzUserModule;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.http.HttpCoreModule;
import dev.sluice.modules.http.MimeModule;
import dev.sluice.modules.http2.Http2Module;
import dev.sluice.modules.loggers.LogConfigModule;
import dev.sluice.modules.loggers.LogioModule;
import dev.sluice.modules.mappers.AliasModule;
import dev.sluice.modules.mappers.DirModule;
import dev.sluice.modules.mappers.RewriteModule;
import dev.sluice.modules.metadata.EnvModule;
import dev.sluice.modules.metadata.HeadersModule;
import dev.sluice.modules.metadata.SetenvifModule;
import dev.sluice.modules.mpm.MpmEventModule;
import dev.sluice.modules.mpm.MpmPreforkModule;
import dev.sluice.modules.mpm.MpmWorkerModule;
import dev.sluice.modules.proxy.ProxyHttp2Module;
import dev.sluice.modules.proxy.ProxyHttpModule;
import dev.sluice.modules.proxy.ProxyModule;
import dev.sluice.modules.ssl.SslModule;
import java.util.List;

/** Every httpd module that has a class here. */
public final class AllModules {
    private AllModules() {}

    /** New instances, for one reading of a configuration. */
    public static List<HttpdModule> create() {
        return List.of(
                new CoreModule(),
                new HttpCoreModule(),
                new UnixdModule(),
                new MpmEventModule(),
                new MpmWorkerModule(),
                new MpmPreforkModule(),
                new LogConfigModule(),
                new LogioModule(),
                new EnvModule(),
                new HeadersModule(),
                new SetenvifModule(),
                new AuthzCoreModule(),
                new AuthzHostModule(),
                new AuthzUserModule(),
                new AccessCompatModule(),
                new MimeModule(),
                new DirModule(),
                new Http2Module(),
                new SslModule(),
                new ProxyModule(),
                new ProxyHttpModule(),
                new ProxyHttp2Module(),
                new RewriteModule(),
                new AliasModule());
    }
}
