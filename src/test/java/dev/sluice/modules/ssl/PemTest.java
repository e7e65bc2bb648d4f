package dev.sluice.modules.ssl;

import static dev.sluice.wire.tls.Certificates.openssl;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.tls.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    private static final PassPhrase SECRET = () -> "secret".toCharArray();
    private static final PassPhrase NOBODY = () -> null;

    private static Path directory = Path.of("");

    @BeforeAll
    static void makeKeys(@TempDir Path made) throws IOException {
        directory = made;
        Certificates.make(made, "rsa", "rsa:2048");
        Certificates.make(made, "ed25519", "ed25519");
        Certificates.make(made, "pss", "rsa-pss");
        openssl(made, "ecparam", "-name", "secp384r1", "-genkey", "-out", "ec-parameters.key");
        openssl(made, "req", "-x509", "-new", "-key", "ec-parameters.key", "-subj", "/CN=ec", "-out", "ec.pem");
        openssl(made, "pkcs8", "-topk8", "-nocrypt", "-in", "ec-parameters.key", "-out", "ec.key");
    }

    /** Each file holds the key that the PKCS#8 file holds. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            rsa,     rsa -in rsa.key -traditional
            rsa,     rsa -in rsa.key -traditional -aes128 -passout pass:secret
            rsa,     rsa -in rsa.key -traditional -aes192 -passout pass:secret
            rsa,     rsa -in rsa.key -traditional -aes256 -passout pass:secret
            rsa,     rsa -in rsa.key -traditional -des3 -passout pass:secret
            rsa,     pkcs8 -topk8 -in rsa.key -passout pass:secret
            rsa,     pkcs8 -topk8 -in rsa.key -v2 aes-128-cbc -v2prf hmacWithSHA1 -passout pass:secret
            rsa,     pkcs8 -topk8 -in rsa.key -v2 aes256 -v2prf hmacWithSHA512 -passout pass:secret
            rsa,     pkcs8 -topk8 -in rsa.key -v1 PBE-SHA1-3DES -passout pass:secret
            ec,      ec -in ec.key
            ec,      ec -in ec.key -aes256 -passout pass:secret
            ec,      pkcs8 -topk8 -in ec.key -passout pass:secret
            ed25519, pkcs8 -topk8 -in ed25519.key -passout pass:secret
            pss,     pkcs8 -topk8 -in pss.key -passout pass:secret
            """)
    void everyFormOfAKeyIsRead(String name, String command) throws Exception {
        openssl(directory, (command + " -out form.key").split(" "));

        PrivateKey key = Pem.read(directory.resolve("form.key")).privateKey(SECRET);

        PrivateKey plain = Pem.read(directory.resolve(name + ".key")).privateKey(NOBODY);
        if (plain instanceof ECPrivateKey elliptic) {
            // A SEC1 key repeats its curve inside, and keeps it there.
            assertEquals(elliptic.getS(), ((ECPrivateKey) key).getS());
            assertEquals(elliptic.getParams(), ((ECPrivateKey) key).getParams());
        } else {
            assertArrayEquals(plain.getEncoded(), key.getEncoded());
        }
    }

    @Test
    void aKeyMayFollowItsParameters() throws Exception {
        String text = text("ec-parameters.key");
        assertTrue(text.contains("EC PARAMETERS"));

        PrivateKey key = Pem.parse(text).privateKey(NOBODY);

        assertEquals("EC", key.getAlgorithm());
    }

    @Test
    void keyCertificateAndTextMayShareAFile() throws Exception {
        String described = openssl(directory, "x509", "-in", "rsa.pem", "-text");
        String both = "# my key\n" + text("rsa.key") + "and its certificate: here\n" + described + text("ec.pem");

        Pem pem = Pem.parse(both.replace("\n", "\r\n"));

        assertEquals("RSA", pem.privateKey(NOBODY).getAlgorithm());
        assertEquals(2, pem.certificates().size());
        assertEquals(
                "CN=rsa", pem.certificates().get(0).getSubjectX500Principal().getName());
    }

    @Test
    void aTrustedCertificateIsACertificate() throws Exception {
        String trusted = openssl(directory, "x509", "-in", "rsa.pem", "-trustout", "-addtrust", "serverAuth");
        assertTrue(trusted.contains("TRUSTED CERTIFICATE"));

        assertEquals(
                Pem.parse(text("rsa.pem")).certificates(), Pem.parse(trusted).certificates());
    }

    @ParameterizedTest
    @CsvSource({"rsa.pem,true", "ec.pem,false"})
    void aFileOfCertificatesHasNoKey(String file, boolean unused) throws Exception {
        PemFault thrown = assertThrows(
                PemFault.class, () -> Pem.read(directory.resolve(file)).privateKey(NOBODY));

        assertEquals("no private key in it", thrown.message());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            rsa -in rsa.key -traditional -aes256 -passout pass:other
            pkcs8 -topk8 -in rsa.key -passout pass:other
            """)
    void aWrongPhraseIsToldFromNone(String command) throws Exception {
        openssl(directory, (command + " -out locked.key").split(" "));
        Pem pem = Pem.read(directory.resolve("locked.key"));

        PemFault wrong = assertThrows(PemFault.class, () -> pem.privateKey(SECRET));
        PemFault none = assertThrows(PemFault.class, () -> pem.privateKey(NOBODY));

        assertEquals("bad password read -- You entered an incorrect pass phrase!?", wrong.message());
        assertEquals(
                "it is encrypted, and there is no terminal to ask for its pass phrase (SSLPassPhraseDialog)",
                none.message());
    }

    @Test
    void damageIsNamed() throws Exception {
        String certificate = text("rsa.pem");

        assertFault("bad end line: the block 'CERTIFICATE' does not end", certificate.substring(0, 300));
        assertFault("bad base64 decode: the block 'CERTIFICATE' is not base64", certificate.replace("MII", "M!I"));
        assertFault(
                "a certificate in it is malformed",
                "-----BEGIN CERTIFICATE-----\nMIIDAzCCAeugAwIBAgIU\n-----END CERTIFICATE-----\n");
    }

    @Test
    void whatIsNoPemHasNothingInIt() throws Exception {
        byte[] binary = new byte[4096];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 31);
        }
        Files.write(directory.resolve("binary"), binary);

        assertEquals(0, Pem.read(directory.resolve("binary")).blocks().size());
        assertEquals(0, Pem.parse("").blocks().size());
        assertThrows(PemFault.class, () -> Pem.read(directory.resolve("missing")));
    }

    private static void assertFault(String message, String text) {
        assertEquals(
                message,
                assertThrows(PemFault.class, () -> Pem.parse(text).certificates())
                        .message());
    }

    private static String text(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1);
    }
}
