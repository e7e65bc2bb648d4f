package dev.sluice.modules.ssl;

import static dev.sluice.model.Setting.perServer;

import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.modules.ssl.SslProtocols.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The per-server settings of mod_ssl: what a handshake needs. */
final class SslServer {
    /** SSLVerifyClient and SSLProxyVerify. */
    enum Verify {
        NONE,
        OPTIONAL,
        REQUIRE,
        OPTIONAL_NO_CA
    }

    /** Which certificates of a chain revocation lists are looked up for. */
    enum RevocationCheck {
        NONE,
        LEAF,
        CHAIN
    }

    /** SSLVHostSNIPolicy: how alike two hosts must be for a request to one on a connection to the other. */
    enum SniPolicy {
        STRICT,
        SECURE,
        AUTHONLY,
        INSECURE
    }

    /** @param lenient a certificate without a list is good (no_crl_for_cert_ok) */
    record Revocation(RevocationCheck check, boolean lenient) {
        static final Revocation OFF = new Revocation(RevocationCheck.NONE, false);
    }

    /**
     * Whose certificates are good: the SSLCA* directives, and the SSLProxyCA* ones.
     *
     * @param requested only the names in these are told to clients; empty for all
     */
    record Authorities(
            Setting<List<Path>> files,
            Setting<List<Path>> revocationFiles,
            Setting<Revocation> revocation,
            Setting<Integer> depth,
            Setting<List<Path>> requested) {}

    static final Setting<Boolean> ENGINE = perServer("SSLEngine", false);
    static final Setting<List<Path>> CERTIFICATES = paths("SSLCertificateFile");
    static final Setting<List<Path>> KEYS = paths("SSLCertificateKeyFile");
    static final Setting<Optional<Path>> CHAIN = perServer("SSLCertificateChainFile", Optional.empty());
    static final Setting<Set<Protocol>> PROTOCOL = perServer("SSLProtocol", SslProtocols.ALL);
    static final Setting<String> CIPHERS = perServer("SSLCipherSuite", "DEFAULT");
    static final Setting<String> CIPHERS_13 = perServer("SSLCipherSuite TLSv1.3", "");
    static final Setting<Boolean> HONOR_ORDER = perServer("SSLHonorCipherOrder", false);
    static final Setting<Verify> VERIFY = perServer("SSLVerifyClient", Verify.NONE);
    static final Setting<Boolean> STRICT_SNI = perServer("SSLStrictSNIVHostCheck", false);
    static final Setting<SniPolicy> SNI_POLICY = perServer("SSLVHostSNIPolicy", SniPolicy.SECURE);
    static final Setting<Duration> SESSION_TIMEOUT = perServer("SSLSessionCacheTimeout", Duration.ofMinutes(5));
    static final Setting<String> DIALOG = perServer("SSLPassPhraseDialog", "builtin");
    static final Setting<Boolean> OPENSSL = perServer("SLUICE_OPENSSL", false);
    static final Authorities CLIENTS = authorities("SSL");

    static final Setting<Boolean> PROXY_ENGINE = perServer("SSLProxyEngine", false);
    static final Setting<Set<Protocol>> PROXY_PROTOCOL = perServer("SSLProxyProtocol", SslProtocols.ALL);
    static final Setting<String> PROXY_CIPHERS = perServer("SSLProxyCipherSuite", "DEFAULT");
    static final Setting<String> PROXY_CIPHERS_13 = perServer("SSLProxyCipherSuite TLSv1.3", "");
    static final Setting<Verify> PROXY_VERIFY = perServer("SSLProxyVerify", Verify.NONE);
    static final Setting<Boolean> PROXY_CHECK_CN = perServer("SSLProxyCheckPeerCN", true);
    static final Setting<Boolean> PROXY_CHECK_NAME = perServer("SSLProxyCheckPeerName", true);
    static final Setting<Boolean> PROXY_CHECK_EXPIRE = perServer("SSLProxyCheckPeerExpire", true);
    static final Setting<List<Path>> PROXY_MACHINE = paths("SSLProxyMachineCertificateFile");
    static final Authorities BACKENDS = authorities("SSLProxy");

    private SslServer() {}

    private static Authorities authorities(String prefix) {
        return new Authorities(
                paths(prefix + "CACertificateFile"),
                paths(prefix + "CARevocationFile"),
                perServer(prefix + "CARevocationCheck", Revocation.OFF),
                perServer(prefix + "VerifyDepth", 1),
                paths(prefix + "CADNRequestFile"));
    }

    /** Lines of one section join; a virtual host's stand instead of the main server's. */
    private static Setting<List<Path>> paths(String name) {
        return perServer(name, List.<Path>of(), Merge.append()).inheriting(Merge.own());
    }
}
