package dev.sluice.compat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Self-signed certificates, made once per run: {@code CERT} and {@code KEY} (RSA, localhost), {@code _EC} (P-256,
 * localhost), {@code _A} and {@code _B} (P-256, a.example and b.example), and the same keys in other PEM forms.
 */
final class Certificates {
    private static final char[] NO_PASSWORD = new char[0];
    private static final byte[] SHA256_RSA = Der.sequence(Der.oid(1, 2, 840, 113549, 1, 1, 11), Der.of(0x05));
    private static final byte[] SHA256_ECDSA = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));

    private final Path folder;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final SSLContext backendContext;

    Certificates(Path folder) throws GeneralSecurityException, IOException {
        this.folder = folder;
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair localhost = rsa.generateKeyPair();
        byte[] certificate = certificate(localhost, "localhost");
        write("CERT", pem("CERTIFICATE", certificate));
        write("KEY", pem("PRIVATE KEY", localhost.getPrivate().getEncoded()));
        write(
                "KEY_PKCS1",
                pem("RSA PRIVATE KEY", withinPkcs8(localhost.getPrivate().getEncoded())));
        write("CERT_WITH_KEY", Files.readString(file("CERT")) + Files.readString(file("KEY")));
        for (String[] named : new String[][] {{"EC", "localhost"}, {"A", "a.example"}, {"B", "b.example"}}) {
            KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
            write("CERT_" + named[0], pem("CERTIFICATE", certificate(pair, named[1])));
            write("KEY_" + named[0], pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        backendContext = context(localhost, certificate);
    }

    Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("@" + name + "@ (expected: one of " + files.keySet() + ")");
        }
        return file;
    }

    /** For the backends that speak TLS: the RSA certificate of localhost. */
    SSLContext backendContext() {
        return backendContext;
    }

    private void write(String name, String pem) throws IOException {
        Path file = folder.resolve(name.toLowerCase(Locale.ROOT) + ".pem");
        Files.writeString(file, pem);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        files.put(name, file);
    }

    private static byte[] certificate(KeyPair pair, String host) throws GeneralSecurityException {
        boolean rsa = "RSA".equals(pair.getPublic().getAlgorithm());
        byte[] algorithm = rsa ? SHA256_RSA : SHA256_ECDSA;
        byte[] name = Der.sequence(Der.of(Der.SET, Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8(host))));
        byte[] address = Der.of(0x87, new byte[] {127, 0, 0, 1});
        byte[] names = Der.sequence(Der.of(0x82, host.getBytes(StandardCharsets.US_ASCII)), address);
        byte[] extensions = Der.sequence(Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(names)));
        byte[] body = Der.sequence(
                Der.of(0xa0, Der.integer(2)),
                Der.integer(host.hashCode() & 0x7fffffffL),
                algorithm,
                name,
                Der.sequence(Der.time("20250101000000Z"), Der.time("21250101000000Z")),
                name,
                pair.getPublic().getEncoded(),
                Der.of(0xa3, extensions));
        Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        return Der.sequence(body, algorithm, Der.bits(signature.sign()));
    }

    /** PKCS #8 wraps the older form of an RSA key in its last octet string, of two length bytes at this size. */
    private static byte[] withinPkcs8(byte[] pkcs8) {
        int tag = 4;
        while (pkcs8[tag] != 0x04) {
            tag += 2 + pkcs8[tag + 1];
        }
        return Arrays.copyOfRange(pkcs8, tag + 4, pkcs8.length);
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    private static SSLContext context(KeyPair pair, byte[] der) throws GeneralSecurityException, IOException {
        Certificate certificate =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("backend", pair.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
