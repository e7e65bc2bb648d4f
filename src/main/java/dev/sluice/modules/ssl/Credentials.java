package dev.sluice.modules.ssl;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.CertificateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the certificates and keys of a server, with the complaints of ssl_init_server_certs (ssl_engine_init.c). */
final class Credentials {
    private final String host;
    private final Settings settings;
    private final List<CertificateFiles.Pair> kept;

    /**
     * @param host name and port, {@code example.org:443}
     * @param kept by other modules for the host
     */
    Credentials(String host, Settings settings, List<CertificateFiles.Pair> kept) {
        this.host = host;
        this.settings = settings;
        this.kept = kept;
    }

    /** The key of the certificate's own file is taken where no SSLCertificateKeyFile belongs to it. */
    HostKeys read() throws TlsFault {
        List<Path> certificates = settings.get(SslServer.CERTIFICATES);
        List<Path> keys = settings.get(SslServer.KEYS);
        if (certificates.isEmpty() && kept.isEmpty()) {
            throw new TlsFault("AH02572: Failed to configure at least one certificate and key for " + host, "");
        }
        List<HostKeys.Entry> entries = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            Path keyFile = i < keys.size() ? keys.get(i) : certificates.get(i);
            entries.add(entry(host + ":" + i, certificates.get(i), keyFile));
        }
        for (CertificateFiles.Pair pair : kept) {
            entries.add(entry(host + ":" + entries.size(), pair.certificates(), pair.key()));
        }
        return new HostKeys(entries);
    }

    private HostKeys.Entry entry(String id, Path certificateFile, Path keyFile) throws TlsFault {
        List<X509Certificate> chain = chain(id, certificateFile);
        PrivateKey key;
        try {
            key = Pem.read(keyFile).privateKey(this::passPhrase);
        } catch (PemFault e) {
            throw new TlsFault(
                    "AH02564: Failed to configure encrypted (?) private key " + id + ", check " + keyFile, e.message());
        }
        if (!belong(chain.get(0).getPublicKey(), key)) {
            throw new TlsFault(
                    "AH02565: Certificate and private key " + id + " from " + certificateFile + " and " + keyFile
                            + " do not match",
                    "");
        }
        return new HostKeys.Entry(key, chain);
    }

    private List<X509Certificate> chain(String id, Path file) throws TlsFault {
        try {
            List<X509Certificate> chain = Pem.read(file).certificates();
            if (chain.isEmpty()) {
                throw new PemFault(
                        "no start line (Expecting: TRUSTED CERTIFICATE) -- Bad file contents or format - or even "
                                + "just a forgotten SSLCertificateKeyFile?");
            }
            Optional<Path> more = settings.get(SslServer.CHAIN);
            if (more.isPresent() && !more.get().equals(file)) {
                chain.addAll(Pem.read(more.get()).certificates());
            }
            return chain;
        } catch (PemFault e) {
            throw new TlsFault(
                    "AH02562: Failed to configure certificate " + id + " (with chain), check " + file, e.message());
        }
    }

    static boolean belong(PublicKey certified, PrivateKey key) {
        if (certified instanceof RSAPublicKey pub && key instanceof RSAPrivateKey mine) {
            return pub.getModulus().equals(mine.getModulus());
        }
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "DSA" -> "SHA256withDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** SSLPassPhraseDialog exec: the program's first line. Waits for it. */
    private char @Nullable [] passPhrase() throws PemFault {
        String program = settings.get(SslServer.DIALOG);
        if (program.equals("builtin")) {
            return null;
        }
        try {
            Process process = new ProcessBuilder(program, host, "RSA")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new PemFault("the program of SSLPassPhraseDialog cannot be run: " + program);
        }
    }
}
