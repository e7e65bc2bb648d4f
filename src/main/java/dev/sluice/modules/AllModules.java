package dev.sluice.modules;

import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.AccessCompatModule;
import dev.sluice.modules.aaa.AllowmethodsModule;
import dev.sluice.modules.aaa.AuthBasicModule;
import dev.sluice.modules.aaa.AuthDigestModule;
import dev.sluice.modules.aaa.AuthnAnonModule;
import dev.sluice.modules.aaa.AuthnCoreModule;
import dev.sluice.modules.aaa.AuthnFileModule;
import dev.sluice.modules.aaa.AuthnSocacheModule;
import dev.sluice.modules.aaa.AuthzCoreModule;
import dev.sluice.modules.aaa.AuthzGroupfileModule;
import dev.sluice.modules.aaa.AuthzHostModule;
import dev.sluice.modules.aaa.AuthzOwnerModule;
import dev.sluice.modules.aaa.AuthzUserModule;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.http.HttpCoreModule;
import dev.sluice.modules.http.MimeModule;
import dev.sluice.modules.http2.Http2Module;
import dev.sluice.modules.loggers.LogConfigModule;
import dev.sluice.modules.loggers.LogioModule;
import dev.sluice.modules.mappers.ActionsModule;
import dev.sluice.modules.mappers.AliasModule;
import dev.sluice.modules.mappers.DirModule;
import dev.sluice.modules.mappers.RewriteModule;
import dev.sluice.modules.mappers.SpelingModule;
import dev.sluice.modules.mappers.UserdirModule;
import dev.sluice.modules.mappers.VhostAliasModule;
import dev.sluice.modules.metadata.EnvModule;
import dev.sluice.modules.metadata.ExpiresModule;
import dev.sluice.modules.metadata.HeadersModule;
import dev.sluice.modules.metadata.RemoteipModule;
import dev.sluice.modules.metadata.SetenvifModule;
import dev.sluice.modules.metadata.UniqueIdModule;
import dev.sluice.modules.metadata.UsertrackModule;
import dev.sluice.modules.mpm.MpmEventModule;
import dev.sluice.modules.mpm.MpmPreforkModule;
import dev.sluice.modules.mpm.MpmWorkerModule;
import dev.sluice.modules.proxy.ProxyAjpModule;
import dev.sluice.modules.proxy.ProxyConnectModule;
import dev.sluice.modules.proxy.ProxyFcgiModule;
import dev.sluice.modules.proxy.ProxyHttp2Module;
import dev.sluice.modules.proxy.ProxyHttpModule;
import dev.sluice.modules.proxy.ProxyModule;
import dev.sluice.modules.proxy.ProxyScgiModule;
import dev.sluice.modules.proxy.ProxyUwsgiModule;
import dev.sluice.modules.ssl.SslModule;
import java.util.List;

/** Every httpd module that has a class here. */
public final class AllModules {
    private AllModules() {}

    /** New instances, for one reading of a configuration. */
    public static List<HttpdModule> create() {
        AuthnProviders users = new AuthnProviders();
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
                new ExpiresModule(),
                new RemoteipModule(),
                new UniqueIdModule(),
                new UsertrackModule(),
                new AuthnFileModule(users),
                new AuthnAnonModule(users),
                new AuthnSocacheModule(users),
                new AuthnCoreModule(users),
                new AuthzHostModule(),
                new AuthzGroupfileModule(),
                new AuthzUserModule(),
                new AuthzOwnerModule(),
                new AuthzCoreModule(),
                new AccessCompatModule(),
                new AllowmethodsModule(),
                new AuthBasicModule(users),
                new AuthDigestModule(users),
                new MimeModule(),
                new DirModule(),
                new Http2Module(),
                new SslModule(),
                new ProxyModule(),
                new ProxyHttpModule(),
                new ProxyHttp2Module(),
                new ProxyAjpModule(),
                new ProxyConnectModule(),
                new ProxyFcgiModule(),
                new ProxyScgiModule(),
                new ProxyUwsgiModule(),
                new RewriteModule(),
                new AliasModule(),
                new UserdirModule(),
                new VhostAliasModule(),
                new ActionsModule(),
                new SpelingModule());
    }
}
