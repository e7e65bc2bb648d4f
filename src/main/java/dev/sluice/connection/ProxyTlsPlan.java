package dev.sluice.connection;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a server speaks TLS to its backends: SSLProxyEngine and its kin. The context's trust manager judges the backend's
 * certificate whole, name and dates included, by the engine's peer host; endpoint identification must stay off.
 *
 * @param protocols as JSSE names them; empty for JSSE's own
 * @param ciphers as JSSE names them, in order of preference; empty for JSSE's own
 */
public record ProxyTlsPlan(SSLContext context, List<String> protocols, List<String> ciphers) {}
