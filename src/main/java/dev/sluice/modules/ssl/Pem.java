package dev.sluice.modules.ssl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file (RFC 7468): blocks of base64 between lines of dashes, with any text around them.
 *
 * @param blocks in the order of the file
 */
record Pem(List<Block> blocks) {
    /** What is wrong with a file of keys that has none. */
    static final String NO_KEY = "no private key in it";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** One block. Its bytes are not copied: they are read here alone. */
    static final class Block {
        private final String type;
        private final byte[] der;
        private final @Nullable String dekInfo;

        Block(String type, byte[] der, @Nullable String dekInfo) {
            this.type = type;
            this.der = der;
            this.dekInfo = dekInfo;
        }

        String type() {
            return type;
        }

        byte[] der() {
            return der;
        }

        /** The header DEK-Info of a key encrypted in the traditional way; null where there is none. */
        @Nullable
        String dekInfo() {
            return dekInfo;
        }
    }

    static Pem read(Path file) throws PemFault {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new PemFault("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    static Pem parse(String text) throws PemFault {
        List<Block> blocks = new ArrayList<>();
        String[] lines = text.split("\r\n|\n|\r", -1);
        int at = 0;
        while (at < lines.length) {
            String line = lines[at].strip();
            at++;
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                String type = line.substring(BEGIN.length(), line.length() - DASHES.length());
                int end = end(lines, at, type);
                blocks.add(block(type, lines, at, end));
                at = end + 1;
            }
        }
        return new Pem(List.copyOf(blocks));
    }

    /** The certificates in the order of the file; TRUSTED CERTIFICATE blocks count without their trust settings. */
    List<X509Certificate> certificates() throws PemFault {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            switch (block.type) {
                case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> certificates.add(certificate(block));
                default -> {}
            }
        }
        return certificates;
    }

    List<CRL> revocations() throws PemFault {
        List<CRL> lists = new ArrayList<>();
        for (Block block : blocks) {
            if (block.type.equals("X509 CRL")) {
                try {
                    lists.add(CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(block.der)));
                } catch (CertificateException | CRLException e) {
                    throw new PemFault("a revocation list in it is malformed");
                }
            }
        }
        return lists;
    }

    /**
     * The first private key.
     *
     * @param passPhrase asked only where the key is encrypted; may answer null
     */
    PrivateKey privateKey(PassPhrase passPhrase) throws PemFault {
        for (Block block : blocks) {
            if (block.type.endsWith("PRIVATE KEY")) {
                return PemKey.read(block, parameters(), passPhrase);
            }
        }
        throw new PemFault(NO_KEY);
    }

    /** The content of a block EC PARAMETERS, which openssl ecparam writes in front of a key. */
    private byte @Nullable [] parameters() {
        for (Block block : blocks) {
            if (block.type.equals("EC PARAMETERS")) {
                return block.der;
            }
        }
        return null;
    }

    private static int end(String[] lines, int from, String type) throws PemFault {
        for (int i = from; i < lines.length; i++) {
            if (lines[i].startsWith(END)) {
                if (lines[i].strip().equals(END + type + DASHES)) {
                    return i;
                }
                break;
            }
        }
        throw new PemFault("bad end line: the block '" + type + "' does not end");
    }

    private static Block block(String type, String[] lines, int from, int end) throws PemFault {
        StringBuilder body = new StringBuilder();
        String dekInfo = null;
        for (int i = from; i < end; i++) {
            String line = lines[i].strip();
            int colon = line.indexOf(':');
            if (colon < 0) {
                body.append(line);
            } else if (line.substring(0, colon).equals("DEK-Info")) {
                dekInfo = line.substring(colon + 1).strip();
            }
        }
        try {
            return new Block(type, Base64.getDecoder().decode(body.toString()), dekInfo);
        } catch (IllegalArgumentException e) {
            throw new PemFault("bad base64 decode: the block '" + type + "' is not base64");
        }
    }

    private static X509Certificate certificate(Block block) throws PemFault {
        try {
            byte[] alone = new Der(block.der).element(Der.SEQUENCE);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(alone));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new PemFault("a certificate in it is malformed");
        }
    }
}
