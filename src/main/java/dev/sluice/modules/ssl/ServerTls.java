package dev.sluice.modules.ssl;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.connection.TlsPlan;
import dev.sluice.connection.TlsPlan.ClientCertificate;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.modules.core.CertificateFiles;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import dev.sluice.modules.ssl.BackendTrust.Names;
import dev.sluice.modules.ssl.SslProtocols.Protocol;
import dev.sluice.modules.ssl.SslServer.Verify;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.wire.tls.TlsContext;
import dev.sluice.wire.tls.TlsEngine;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the plans of a server's TLS, towards clients and towards backends. */
final class ServerTls {
    private ServerTls() {}

    /** Name and port as httpd's messages have them (ssl_util_vhostid). */
    static String id(Server server) {
        ServerName name = server.settings().get(CoreModule.SERVER_NAME).orElse(null);
        int port = name == null || name.port() == 0 ? 443 : name.port();
        return (name == null ? "localhost" : name.host()) + ":" + port;
    }

    /** Tells {@code log} which engine serves where OpenSSL was asked for. */
    static TlsPlan plan(Server server, CertificateFiles files, ErrorLog log) throws TlsFault {
        Settings settings = server.settings();
        List<String> protocols = protocols(settings.get(SslServer.PROTOCOL));
        List<String> ciphers = ciphers(settings, SslServer.CIPHERS, SslServer.CIPHERS_13);
        ClientTrust trust = clientTrust(server);
        HostKeys keys = new Credentials(id(server), settings, kept(server, files)).read();
        boolean openSsl = settings.get(SslServer.OPENSSL);
        try {
            TlsContext context = TlsContext.of(
                    openSsl ? TlsEngine.OPENSSL : TlsEngine.JSSE,
                    keys.entries().get(0).key().getAlgorithm(),
                    new KeyManager[] {keys},
                    new TrustManager[] {trust});
            int seconds = (int) settings.get(SslServer.SESSION_TIMEOUT).toSeconds();
            context.context().getServerSessionContext().setSessionTimeout(seconds);
            boolean chosen = context.engine() == TlsEngine.OPENSSL;
            if (openSsl) {
                logEngine(server, context, log);
            }
            return new TlsPlan(
                    context.context(),
                    protocols,
                    chosen ? List.of(settings.get(SslServer.CIPHERS)) : ciphers,
                    settings.get(SslServer.HONOR_ORDER),
                    clientCertificate(server),
                    chosen);
        } catch (GeneralSecurityException e) {
            throw new TlsFault("AH02312: Fatal error initialising mod_ssl, exiting.", String.valueOf(e.getMessage()));
        }
    }

    /** A host with certificates of its own can do without. */
    private static List<CertificateFiles.Pair> kept(Server server, CertificateFiles files) throws TlsFault {
        try {
            return files.of(server);
        } catch (CertificateFiles.Missing e) {
            if (server.settings().get(SslServer.CERTIFICATES).isEmpty()) {
                throw new TlsFault(
                        "AH02572: Failed to configure at least one certificate and key for " + id(server),
                        String.valueOf(e.getMessage()));
            }
            return List.of();
        }
    }

    private static void logEngine(Server server, TlsContext context, ErrorLog log) {
        String fallback = context.fallback();
        if (fallback == null) {
            log.log(Level.NOTICE, "ssl", id(server) + ": TLS by OpenSSL, as SLUICE_OPENSSL asks for");
        } else {
            log.log(Level.WARN, "ssl", id(server) + ": TLS by the JDK though SLUICE_OPENSSL is defined. " + fallback);
        }
    }

    static ProxyTlsPlan proxyPlan(Server server, ErrorLog log) throws TlsFault {
        Settings settings = server.settings();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            Verify verify = settings.get(SslServer.PROXY_VERIFY);
            BackendTrust trust = new BackendTrust(
                    Trust.of(SslServer.BACKENDS, settings),
                    verify == Verify.REQUIRE || verify == Verify.OPTIONAL,
                    settings.get(SslServer.PROXY_CHECK_EXPIRE),
                    backendNames(settings),
                    log);
            KeyManager[] keys = {new HostKeys(MachineKeys.read(settings.get(SslServer.PROXY_MACHINE)))};
            context.init(keys, new TrustManager[] {trust}, null);
            return new ProxyTlsPlan(
                    context,
                    protocols(settings.get(SslServer.PROXY_PROTOCOL)),
                    ciphers(settings, SslServer.PROXY_CIPHERS, SslServer.PROXY_CIPHERS_13));
        } catch (GeneralSecurityException e) {
            throw new TlsFault("AH02312: Fatal error initialising mod_ssl, exiting.", String.valueOf(e.getMessage()));
        }
    }

    /** Sections ask later than the handshake: a certificate is asked for there whenever one of them may need it. */
    static ClientCertificate clientCertificate(Server server) {
        return switch (server.settings().get(SslServer.VERIFY)) {
            case REQUIRE -> ClientCertificate.NEEDED;
            case OPTIONAL, OPTIONAL_NO_CA -> ClientCertificate.WANTED;
            case NONE -> sectionsAsk(server.sections()) ? ClientCertificate.WANTED : ClientCertificate.NONE;
        };
    }

    static ClientTrust clientTrust(Server server) throws TlsFault {
        Settings settings = server.settings();
        Verify verify = settings.get(SslServer.VERIFY);
        return new ClientTrust(
                Trust.of(SslServer.CLIENTS, settings),
                verify == Verify.REQUIRE || verify == Verify.OPTIONAL,
                Trust.certificates(settings.get(SslServer.CLIENTS.requested())));
    }

    private static boolean sectionsAsk(List<Section> sections) {
        return sections.stream()
                .anyMatch(section ->
                        section.settings().get(SslModule.VERIFY_HERE) != Verify.NONE || sectionsAsk(section.nested()));
    }

    private static List<String> protocols(Set<Protocol> chosen) throws TlsFault {
        if (chosen.isEmpty()) {
            throw new TlsFault("AH02231: No SSL protocols available [hint: SSLProtocol]", "");
        }
        return SslProtocols.jsseNames(chosen);
    }

    private static List<String> ciphers(Settings settings, Setting<String> setting, Setting<String> setting13)
            throws TlsFault {
        String text = settings.get(setting);
        List<String> older = CipherString.jsseNames(text);
        if (older.isEmpty()) {
            throw new TlsFault(
                    "AH01898: Unable to configure permitted SSL ciphers",
                    "'" + text + "' names none that is known here");
        }
        String text13 = settings.get(setting13);
        List<String> newer = text13.isEmpty() ? CipherString.TLS_1_3 : CipherString.tls13Names(text13);
        if (newer.isEmpty()) {
            throw new TlsFault(
                    "AH10127: Unable to configure permitted TLSv1.3 ciphers",
                    "'" + text13 + "' names none that is known here");
        }
        List<String> all = new ArrayList<>(newer);
        all.addAll(older);
        List<String> available = List.of(supported());
        all.retainAll(available);
        return all;
    }

    private static String[] supported() throws TlsFault {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
        } catch (GeneralSecurityException e) {
            throw new TlsFault("AH02312: Fatal error initialising mod_ssl, exiting.", String.valueOf(e.getMessage()));
        }
    }

    /** SSLProxyCheckPeerCN counts only where SSLProxyCheckPeerName is off (ssl_io_filter_handshake). */
    private static Names backendNames(Settings settings) {
        boolean name = settings.get(SslServer.PROXY_CHECK_NAME);
        boolean common = settings.get(SslServer.PROXY_CHECK_CN);
        if (name && (common || settings.has(SslServer.PROXY_CHECK_NAME))) {
            return Names.ALL;
        }
        return common && settings.has(SslServer.PROXY_CHECK_CN) ? Names.COMMON : Names.ANY;
    }
}
