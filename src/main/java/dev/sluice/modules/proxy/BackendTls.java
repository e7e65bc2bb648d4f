package dev.sluice.modules.proxy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;

/**
 * How backends are spoken to over TLS: the SSLProxy* directives.
 *
 * @param context with the client's certificate and the trusted ones
 * @param options protocols and cipher suites, as XNIO's options
 */
public record BackendTls(SSLContext context, OptionMap options) {
    /** httpd's defaults: SSLProxyVerify none, SSLProxyCheckPeerName and SSLProxyCheckPeerExpire on. */
    public static BackendTls ofDefaults() {
        return of(null, new BackendTrust(null, true, true));
    }

    static BackendTls of(KeyManager @Nullable [] keys, BackendTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, new SecureRandom());
            return new BackendTls(context, OptionMap.EMPTY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS in this Java runtime", e);
        }
    }
}
