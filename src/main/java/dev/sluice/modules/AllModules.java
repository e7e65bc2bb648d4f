package dev.sluice.modules;

import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.AccessCompatModule;
import dev.sluice.modules.aaa.AllowmethodsModule;
import dev.sluice.modules.aaa.AuthBasicModule;
import dev.sluice.modules.aaa.AuthDigestModule;
import dev.sluice.modules.aaa.AuthFormModule;
import dev.sluice.modules.aaa.AuthnAnonModule;
import dev.sluice.modules.aaa.AuthnCoreModule;
import dev.sluice.modules.aaa.AuthnDbdModule;
import dev.sluice.modules.aaa.AuthnDbmModule;
import dev.sluice.modules.aaa.AuthnFileModule;
import dev.sluice.modules.aaa.AuthnSocacheModule;
import dev.sluice.modules.aaa.AuthnzFcgiModule;
import dev.sluice.modules.aaa.AuthnzLdapModule;
import dev.sluice.modules.aaa.AuthzCoreModule;
import dev.sluice.modules.aaa.AuthzDbdModule;
import dev.sluice.modules.aaa.AuthzDbmModule;
import dev.sluice.modules.aaa.AuthzGroupfileModule;
import dev.sluice.modules.aaa.AuthzHostModule;
import dev.sluice.modules.aaa.AuthzOwnerModule;
import dev.sluice.modules.aaa.AuthzProviders;
import dev.sluice.modules.aaa.AuthzUserModule;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.ldap.LdapModule;
import dev.sluice.modules.arch.UnixdModule;
import dev.sluice.modules.core.CertificateFiles;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Sessions;
import dev.sluice.modules.database.DbdModule;
import dev.sluice.modules.dav.DavFsModule;
import dev.sluice.modules.dav.DavLockModule;
import dev.sluice.modules.dav.DavModule;
import dev.sluice.modules.generators.AsisModule;
import dev.sluice.modules.generators.AutoindexModule;
import dev.sluice.modules.generators.CgiModule;
import dev.sluice.modules.generators.CgidModule;
import dev.sluice.modules.generators.StatusModule;
import dev.sluice.modules.filters.ReqtimeoutModule;
import dev.sluice.modules.filters.BrotliModule;
import dev.sluice.modules.filters.BufferModule;
import dev.sluice.modules.filters.DataModule;
import dev.sluice.modules.filters.DeflateModule;
import dev.sluice.modules.filters.ExtFilterModule;
import dev.sluice.modules.filters.FilterModule;
import dev.sluice.modules.filters.FilterNames;
import dev.sluice.modules.filters.IncludeModule;
import dev.sluice.modules.filters.RatelimitModule;
import dev.sluice.modules.filters.SubstituteModule;
import dev.sluice.modules.http.HttpCoreModule;
import dev.sluice.modules.http.MimeModule;
import dev.sluice.modules.http2.Http2Module;
import dev.sluice.modules.loggers.LogConfigModule;
import dev.sluice.modules.loggers.LogioModule;
import dev.sluice.modules.mappers.ActionsModule;
import dev.sluice.modules.mappers.AliasModule;
import dev.sluice.modules.mappers.DirModule;
import dev.sluice.modules.mappers.ImagemapModule;
import dev.sluice.modules.mappers.NegotiationModule;
import dev.sluice.modules.mappers.RewriteModule;
import dev.sluice.modules.mappers.SpelingModule;
import dev.sluice.modules.mappers.UserdirModule;
import dev.sluice.modules.mappers.VhostAliasModule;
import dev.sluice.modules.md.MdModule;
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
import dev.sluice.modules.proxy.ProxyBalancerModule;
import dev.sluice.modules.proxy.ProxyHttp2Module;
import dev.sluice.modules.proxy.ProxyHttpModule;
import dev.sluice.modules.proxy.ProxyModule;
import dev.sluice.modules.proxy.balancer.HeartmonitorModule;
import dev.sluice.modules.proxy.balancer.LbmethodBybusynessModule;
import dev.sluice.modules.proxy.balancer.LbmethodByrequestsModule;
import dev.sluice.modules.proxy.balancer.LbmethodBytrafficModule;
import dev.sluice.modules.proxy.balancer.LbmethodHeartbeatModule;
import dev.sluice.modules.proxy.hcheck.ProxyHcheckModule;
import dev.sluice.modules.proxy.ProxyScgiModule;
import dev.sluice.modules.proxy.ProxyUwsgiModule;
import dev.sluice.modules.session.SessionCookieModule;
import dev.sluice.modules.session.SessionCryptoModule;
import dev.sluice.modules.session.SessionDbdModule;
import dev.sluice.modules.session.SessionModule;
import dev.sluice.modules.ssl.SslModule;
import java.util.List;

/** Every httpd module that has a class here. */
public final class AllModules {
    private AllModules() {}

    /** New instances, for one reading of a configuration. */
    public static List<HttpdModule> create() {
        AuthnProviders users = new AuthnProviders();
        AuthzProviders rights = new AuthzProviders();
        Sessions sessions = new Sessions();
        FilterNames filters = new FilterNames();
        CertificateFiles certificates = new CertificateFiles();
        ProxyModule proxy = new ProxyModule();
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
                new AuthzCoreModule(rights),
                new AccessCompatModule(),
                new AllowmethodsModule(),
                new AuthBasicModule(users),
                new AuthDigestModule(users),
                new AuthFormModule(users, sessions),
                new SessionModule(sessions),
                new SessionCookieModule(sessions),
                new SessionCryptoModule(sessions),
                new SessionDbdModule(),
                new DbdModule(),
                new AuthnDbdModule(users),
                new AuthzDbdModule(rights),
                new AuthnDbmModule(users),
                new AuthzDbmModule(rights),
                new LdapModule(),
                new AuthnzLdapModule(users, rights),
                new AuthnzFcgiModule(users, rights),
                new MimeModule(),
                new StatusModule(),
                new AutoindexModule(),
                new AsisModule(),
                new CgiModule(),
                new CgidModule(),
                new DavModule(),
                new DavFsModule(),
                new DavLockModule(),
                new NegotiationModule(),
                new DirModule(),
                new ImagemapModule(),
                new ReqtimeoutModule(),
                new Http2Module(),
                new MdModule(certificates),
                new SslModule(certificates),
                proxy,
                new ProxyHttpModule(),
                new ProxyHttp2Module(),
                new ProxyBalancerModule(proxy),
                new ProxyAjpModule(),
                new ProxyConnectModule(),
                new LbmethodByrequestsModule(),
                new LbmethodBytrafficModule(),
                new LbmethodBybusynessModule(),
                new LbmethodHeartbeatModule(),
                new HeartmonitorModule(),
                new ProxyHcheckModule(),
                new ProxyFcgiModule(),
                new ProxyScgiModule(),
                new ProxyUwsgiModule(),
                new RewriteModule(),
                new AliasModule(),
                new UserdirModule(),
                new VhostAliasModule(),
                new ActionsModule(),
                new SpelingModule(),
                new FilterModule(filters),
                new DeflateModule(),
                new SubstituteModule(),
                new BrotliModule(),
                new RatelimitModule(),
                new BufferModule(),
                new DataModule(),
                new ExtFilterModule(filters),
                new IncludeModule());
    }
}
