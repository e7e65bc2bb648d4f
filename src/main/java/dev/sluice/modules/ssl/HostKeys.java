package dev.sluice.modules.ssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one host with their chains. A KeyStore would do, but encrypts what it is given: tens of milliseconds a key.
 */
final class HostKeys extends X509ExtendedKeyManager {
    /** @param chain the key's own certificate first */
    record Entry(PrivateKey key, List<X509Certificate> chain) {}

    private final List<Entry> entries;

    HostKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        List<String> found = new ArrayList<>();
        IntStream.range(0, entries.size())
                .filter(i -> keyType.equals(entries.get(i).key.getAlgorithm()))
                .forEach(i -> found.add(String.valueOf(i)));
        return found.isEmpty() ? null : found.toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String[] found = getServerAliases(keyType, issuers);
        return found == null ? null : found[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    /** The first whose issuer the peer asks for, or the first of that type where it names none. */
    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        for (String keyType : keyTypes) {
            String[] found = getServerAliases(keyType, issuers);
            for (String alias : found == null ? new String[0] : found) {
                if (issuers == null || issuers.length == 0 || isIssued(entry(alias), List.of(issuers))) {
                    return alias;
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return entry(alias).chain.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return entry(alias).key;
    }

    private Entry entry(String alias) {
        return entries.get(Integer.parseInt(alias));
    }

    private static boolean isIssued(Entry entry, List<Principal> issuers) {
        return entry.chain.stream().anyMatch(c -> issuers.contains(c.getIssuerX500Principal()));
    }
}
