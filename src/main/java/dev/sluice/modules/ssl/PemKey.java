package dev.sluice.modules.ssl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Private keys in the forms that openssl writes: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017), SEC1 (RFC 5915), encrypted or not. */
final class PemKey {
    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
    private static final byte[] NULL = {5, 0};
    private static final byte[] RSA = oid("2a864886f70d010101");
    private static final byte[] EC = oid("2a8648ce3d0201");
    /** The tag of parameters inside an EC private key: [0]. */
    private static final int EC_PARAMETERS = 0xa0;

    private PemKey() {}

    /** @param ecParameters of a block before the key; null where there is none */
    static PrivateKey read(Pem.Block block, byte @Nullable [] ecParameters, PassPhrase passPhrase) throws PemFault {
        try {
            String dekInfo = block.dekInfo();
            byte[] der = dekInfo == null ? block.der() : traditional(block, dekInfo, passPhrase);
            return switch (block.type()) {
                case "PRIVATE KEY" -> pkcs8(der);
                case "ENCRYPTED PRIVATE KEY" -> encrypted(der, passPhrase);
                case "RSA PRIVATE KEY" -> pkcs8(wrap(Der.encode(Der.SEQUENCE, RSA, NULL), der));
                case "EC PRIVATE KEY" -> pkcs8(wrap(Der.encode(Der.SEQUENCE, EC, curve(der, ecParameters)), der));
                default -> throw new PemFault("a '" + block.type() + "' is no key for a server");
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PemFault("unsupported: the block '" + block.type() + "' holds no key that is known here");
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException, PemFault {
        Der info = new Der(new Der(der).content(Der.SEQUENCE));
        info.content(Der.INTEGER);
        byte[] oid = new Der(info.content(Der.SEQUENCE)).content(Der.OBJECT);
        return KeyFactory.getInstance(algorithm(HexFormat.of().formatHex(oid)))
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static String algorithm(String oid) throws PemFault {
        return switch (oid) {
            case "2a864886f70d010101" -> "RSA";
            case "2a864886f70d01010a" -> "RSASSA-PSS";
            case "2a8648ce3d0201" -> "EC";
            case "2b6570", "2b6571" -> "EdDSA";
            case "2a8648ce380401" -> "DSA";
            default -> throw new PemFault("unsupported: a key of the kind " + oid);
        };
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return Der.encode(Der.SEQUENCE, VERSION_0, algorithm, Der.encode(Der.OCTET_STRING, key));
    }

    private static byte[] curve(byte[] key, byte @Nullable [] before) throws PemFault {
        Der parts = new Der(new Der(key).content(Der.SEQUENCE));
        parts.content(Der.INTEGER);
        parts.content(Der.OCTET_STRING);
        if (parts.tag() == EC_PARAMETERS) {
            return parts.content(EC_PARAMETERS);
        }
        if (before == null) {
            throw new PemFault("an EC key that does not say its curve");
        }
        return before;
    }

    private static PrivateKey encrypted(byte[] der, PassPhrase passPhrase) throws GeneralSecurityException, PemFault {
        char[] phrase = phrase(passPhrase);
        byte[] plain;
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            // PBES2 is a frame: its parameters know the name of what is in it.
            String scheme = parameters == null ? info.getAlgName() : parameters.toString();
            String name = scheme.startsWith("PBE") ? scheme : info.getAlgName();
            Cipher cipher = Cipher.getInstance(name);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(phrase)),
                    parameters);
            plain = cipher.doFinal(info.getEncryptedData());
        } catch (IOException e) {
            throw new PemFault("unsupported: it is encrypted in a way that is not known here");
        } catch (javax.crypto.BadPaddingException e) {
            throw wrongPhrase();
        }
        return ofDecrypted(plain);
    }

    private static PrivateKey ofDecrypted(byte[] plain) throws PemFault {
        try {
            return pkcs8(plain);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrongPhrase();
        }
    }

    /** DEK-Info: the cipher and its vector; the key is made of phrase and vector by MD5 (EVP_BytesToKey). */
    private static byte[] traditional(Pem.Block block, String dekInfo, PassPhrase passPhrase)
            throws GeneralSecurityException, PemFault {
        String[] parts = dekInfo.split(",", 2);
        int keyBytes =
                switch (parts[0].toUpperCase(Locale.ROOT)) {
                    case "AES-128-CBC" -> 16;
                    case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
                    case "AES-256-CBC" -> 32;
                    case "DES-CBC" -> 8;
                    default -> throw new PemFault("unsupported: a key encrypted by " + parts[0]);
                };
        if (parts.length < 2) {
            throw new PemFault("DEK-Info has no vector");
        }
        String family = parts[0].startsWith("AES") ? "AES" : keyBytes == 8 ? "DES" : "DESede";
        byte[] vector = HexFormat.of().parseHex(parts[1].strip());
        byte[] secret = new String(phrase(passPhrase)).getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance(family + "/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(stretched(secret, Arrays.copyOf(vector, 8), keyBytes), family),
                new IvParameterSpec(vector));
        byte[] plain;
        try {
            plain = cipher.doFinal(block.der());
        } catch (javax.crypto.BadPaddingException e) {
            throw wrongPhrase();
        }
        if (plain.length == 0 || plain[0] != Der.SEQUENCE) {
            throw wrongPhrase();
        }
        return plain;
    }

    private static byte[] stretched(byte[] secret, byte[] salt, int length) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] last = new byte[0];
        while (key.length < length) {
            md5.update(last);
            md5.update(secret);
            last = md5.digest(salt);
            int before = key.length;
            key = Arrays.copyOf(key, before + last.length);
            System.arraycopy(last, 0, key, before, last.length);
        }
        return Arrays.copyOf(key, length);
    }

    private static char[] phrase(PassPhrase passPhrase) throws PemFault {
        char[] phrase = passPhrase.ask();
        if (phrase == null) {
            throw new PemFault(
                    "it is encrypted, and there is no terminal to ask for its pass phrase (SSLPassPhraseDialog)");
        }
        return phrase;
    }

    private static PemFault wrongPhrase() {
        return new PemFault("bad password read -- You entered an incorrect pass phrase!?");
    }

    private static byte[] oid(String hex) {
        return Der.encode(Der.OBJECT, HexFormat.of().parseHex(hex));
    }
}
