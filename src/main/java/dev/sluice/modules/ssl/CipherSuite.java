package dev.sluice.modules.ssl;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A suite that both OpenSSL and JSSE have, in the columns of {@code openssl ciphers -v}.
 *
 * @param name OpenSSL's
 * @param version the oldest protocol that it is for
 */
record CipherSuite(
        String name, String version, String exchange, String authentication, String encryption, int bits, String mac) {
    /** In the order of {@code openssl ciphers -v ALL}, OpenSSL 3.0. No other suite of OpenSSL is in JSSE, releases 17 to 25. */
    static final List<CipherSuite> ALL =
            """
            ECDHE-ECDSA-AES256-GCM-SHA384 TLSv1.2 ECDH ECDSA AESGCM 256 AEAD
            ECDHE-RSA-AES256-GCM-SHA384   TLSv1.2 ECDH RSA   AESGCM 256 AEAD
            DHE-DSS-AES256-GCM-SHA384     TLSv1.2 DH   DSS   AESGCM 256 AEAD
            DHE-RSA-AES256-GCM-SHA384     TLSv1.2 DH   RSA   AESGCM 256 AEAD
            ECDHE-ECDSA-CHACHA20-POLY1305 TLSv1.2 ECDH ECDSA CHACHA 256 AEAD
            ECDHE-RSA-CHACHA20-POLY1305   TLSv1.2 ECDH RSA   CHACHA 256 AEAD
            DHE-RSA-CHACHA20-POLY1305     TLSv1.2 DH   RSA   CHACHA 256 AEAD
            ECDHE-ECDSA-AES128-GCM-SHA256 TLSv1.2 ECDH ECDSA AESGCM 128 AEAD
            ECDHE-RSA-AES128-GCM-SHA256   TLSv1.2 ECDH RSA   AESGCM 128 AEAD
            DHE-DSS-AES128-GCM-SHA256     TLSv1.2 DH   DSS   AESGCM 128 AEAD
            DHE-RSA-AES128-GCM-SHA256     TLSv1.2 DH   RSA   AESGCM 128 AEAD
            ECDHE-ECDSA-AES256-SHA384     TLSv1.2 ECDH ECDSA AES    256 SHA384
            ECDHE-RSA-AES256-SHA384       TLSv1.2 ECDH RSA   AES    256 SHA384
            DHE-RSA-AES256-SHA256         TLSv1.2 DH   RSA   AES    256 SHA256
            DHE-DSS-AES256-SHA256         TLSv1.2 DH   DSS   AES    256 SHA256
            ECDHE-ECDSA-AES128-SHA256     TLSv1.2 ECDH ECDSA AES    128 SHA256
            ECDHE-RSA-AES128-SHA256       TLSv1.2 ECDH RSA   AES    128 SHA256
            DHE-RSA-AES128-SHA256         TLSv1.2 DH   RSA   AES    128 SHA256
            DHE-DSS-AES128-SHA256         TLSv1.2 DH   DSS   AES    128 SHA256
            ECDHE-ECDSA-AES256-SHA        TLSv1   ECDH ECDSA AES    256 SHA1
            ECDHE-RSA-AES256-SHA          TLSv1   ECDH RSA   AES    256 SHA1
            DHE-RSA-AES256-SHA            SSLv3   DH   RSA   AES    256 SHA1
            DHE-DSS-AES256-SHA            SSLv3   DH   DSS   AES    256 SHA1
            ECDHE-ECDSA-AES128-SHA        TLSv1   ECDH ECDSA AES    128 SHA1
            ECDHE-RSA-AES128-SHA          TLSv1   ECDH RSA   AES    128 SHA1
            DHE-RSA-AES128-SHA            SSLv3   DH   RSA   AES    128 SHA1
            DHE-DSS-AES128-SHA            SSLv3   DH   DSS   AES    128 SHA1
            AES256-GCM-SHA384             TLSv1.2 RSA  RSA   AESGCM 256 AEAD
            AES128-GCM-SHA256             TLSv1.2 RSA  RSA   AESGCM 128 AEAD
            AES256-SHA256                 TLSv1.2 RSA  RSA   AES    256 SHA256
            AES128-SHA256                 TLSv1.2 RSA  RSA   AES    128 SHA256
            AES256-SHA                    SSLv3   RSA  RSA   AES    256 SHA1
            AES128-SHA                    SSLv3   RSA  RSA   AES    128 SHA1
            """
                    .lines()
                    .map(CipherSuite::row)
                    .toList();

    /** What OpenSSL calls groups of suites (openssl-ciphers(1)); names of groups that are empty here match nothing. */
    static final Map<String, Predicate<CipherSuite>> GROUPS = groups();

    private static CipherSuite row(String line) {
        String[] column = line.split(" +");
        return new CipherSuite(
                column[0], column[1], column[2], column[3], column[4], Integer.parseInt(column[5]), column[6]);
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}. */
    String jsseName() {
        String agreed =
                switch (exchange) {
                    case "ECDH" -> "ECDHE_" + authentication;
                    case "DH" -> "DHE_" + authentication;
                    default -> exchange;
                };
        String cipher =
                switch (encryption) {
                    case "CHACHA" -> "CHACHA20_POLY1305_SHA256";
                    case "AESGCM" -> "AES_" + bits + "_GCM_SHA" + (bits == 256 ? 384 : 256);
                    default -> "AES_" + bits + "_CBC_" + (mac.equals("SHA1") ? "SHA" : mac);
                };
        return "TLS_" + agreed + "_WITH_" + cipher;
    }

    private boolean isAes() {
        return !encryption.equals("CHACHA");
    }

    /** For groups of suites that JSSE does not have. */
    private boolean isAbsent() {
        return false;
    }

    private static Map<String, Predicate<CipherSuite>> groups() {
        Predicate<CipherSuite> notDefault = suite -> suite.authentication.equals("DSS");
        return Stream.of(
                        named(suite -> true, "ALL", "HIGH"),
                        named(notDefault.negate(), "DEFAULT"),
                        named(notDefault, "COMPLEMENTOFDEFAULT"),
                        named(suite -> suite.exchange.equals("RSA"), "kRSA", "RSA"),
                        named(suite -> suite.exchange.equals("DH"), "kDHE", "kEDH", "DH", "DHE", "EDH"),
                        named(suite -> suite.exchange.equals("ECDH"), "kECDHE", "kEECDH", "ECDH", "ECDHE", "EECDH"),
                        named(suite -> suite.authentication.equals("RSA"), "aRSA"),
                        named(notDefault, "aDSS", "DSS"),
                        named(suite -> suite.authentication.equals("ECDSA"), "aECDSA", "ECDSA"),
                        named(CipherSuite::isAes, "AES", "FIPS"),
                        named(suite -> suite.isAes() && suite.bits == 128, "AES128"),
                        named(suite -> suite.isAes() && suite.bits == 256, "AES256"),
                        named(suite -> suite.encryption.equals("AESGCM"), "AESGCM"),
                        named(suite -> suite.encryption.equals("CHACHA"), "CHACHA20"),
                        named(suite -> suite.encryption.equals("AES"), "CBC"),
                        named(suite -> suite.mac.equals("SHA1"), "SHA1", "SHA"),
                        named(suite -> suite.mac.equals("SHA256"), "SHA256"),
                        named(suite -> suite.mac.equals("SHA384"), "SHA384"),
                        named(suite -> suite.version.equals("TLSv1.2"), "TLSv1.2"),
                        named(suite -> suite.version.equals("TLSv1"), "TLSv1", "TLSv1.0"),
                        named(suite -> suite.version.equals("SSLv3"), "SSLv3"),
                        named(
                                CipherSuite::isAbsent,
                                "TLSv1.3",
                                "COMPLEMENTOFALL",
                                "eNULL",
                                "NULL",
                                "aNULL",
                                "ADH",
                                "AECDH",
                                "LOW"),
                        named(
                                CipherSuite::isAbsent,
                                "MEDIUM",
                                "EXP",
                                "EXPORT",
                                "MD5",
                                "RC4",
                                "RC2",
                                "3DES",
                                "DES",
                                "IDEA",
                                "SEED"),
                        named(
                                CipherSuite::isAbsent,
                                "PSK",
                                "kPSK",
                                "aPSK",
                                "kECDHEPSK",
                                "kDHEPSK",
                                "kRSAPSK",
                                "SRP",
                                "kSRP",
                                "aSRP"),
                        named(
                                CipherSuite::isAbsent,
                                "CAMELLIA",
                                "CAMELLIA128",
                                "CAMELLIA256",
                                "ARIA",
                                "ARIA128",
                                "ARIA256",
                                "ARIAGCM"),
                        named(
                                CipherSuite::isAbsent,
                                "AESCCM",
                                "AESCCM8",
                                "GOST",
                                "kGOST",
                                "aGOST",
                                "aGOST01",
                                "aGOST12",
                                "GOST94"))
                .flatMap(group -> group.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Predicate<CipherSuite>> named(Predicate<CipherSuite> members, String... names) {
        return Stream.of(names).collect(Collectors.toMap(name -> name, name -> members));
    }
}
