package dev.sluice.modules.ssl;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** SSLProxyMachineCertificateFile: certificates and unencrypted keys for backends that ask for one, in files with both. */
final class MachineKeys {
    private MachineKeys() {}

    static List<HostKeys.Entry> read(List<Path> files) throws TlsFault {
        List<HostKeys.Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                Pem pem = Pem.read(file);
                List<X509Certificate> chain = pem.certificates();
                if (!chain.isEmpty()) {
                    PrivateKey key = pem.privateKey(() -> null);
                    if (!Credentials.belong(chain.get(0).getPublicKey(), key)) {
                        throw new PemFault("certificate and key do not match");
                    }
                    entries.add(new HostKeys.Entry(key, chain));
                }
            } catch (PemFault e) {
                throw new TlsFault(
                        "AH02252: incomplete client cert configured for SSL proxy (missing or encrypted private key?)",
                        file + ": " + e.message());
            }
        }
        return entries;
    }
}
