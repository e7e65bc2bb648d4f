package dev.sluice.modules.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.wire.tls.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CipherStringTest {
    private static final String MOZILLA_INTERMEDIATE = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
            + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
            + "ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:"
            + "DHE-RSA-CHACHA20-POLY1305";
    private static final String MOZILLA_OLD =
            MOZILLA_INTERMEDIATE + ":ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:"
                    + "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384:"
                    + "ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:DHE-RSA-AES128-SHA256:DHE-RSA-AES256-SHA256:"
                    + "AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:AES256-SHA256:AES128-SHA:AES256-SHA:DES-CBC3-SHA";

    /** Debian's ssl.conf, Mozilla's, and what stands in people's configurations. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HIGH:!aNULL",
                "HIGH:!aNULL:!MD5",
                "HIGH:MEDIUM:!MD5:!RC4:!3DES",
                MOZILLA_INTERMEDIATE,
                MOZILLA_OLD,
                "DEFAULT",
                "DEFAULT:!SHA:+AES128",
                "DEFAULT:DSS",
                "HIGH:DEFAULT",
                "ALL",
                "ALL:!aNULL:!eNULL:@STRENGTH",
                "ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM:+LOW:+SSLv2:+EXP:+eNULL",
                "ALL:!ADH:!EXPORT:!SSLv2:RC4+RSA:+HIGH:+MEDIUM:+LOW",
                "EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH",
                "EECDH+ECDSA+AESGCM EECDH+aRSA+AESGCM EECDH+ECDSA+SHA384 EECDH+aRSA EDH+aRSA !aNULL !eNULL !LOW !3DES",
                "ECDHE+AESGCM",
                "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:!aNULL:!MD5:!DSS:!AESCCM",
                "kRSA:-AES128",
                "kRSA:-AES128:AES",
                "HIGH:-DHE:DHE",
                "HIGH:-ECDHE:-DHE:ALL",
                "AES128:AES256:-SHA:SHA",
                "HIGH:+SHA",
                "HIGH:+AES256:+kRSA",
                "AES128-SHA:AES256-SHA:@STRENGTH",
                "HIGH:!AES128,!kRSA;+SHA",
                "HIGH!aNULL",
                "AES128+foo:AES256-SHA",
                "foo:SHA384",
                "ECDHE:@SECLEVEL=1",
                "SUITEB128",
                "SUITEB128ONLY",
                "SUITEB192",
                "TLSv1.2:!kRSA",
                "TLSv1:SSLv3",
                "CBC+SHA256",
                "FIPS",
                "COMPLEMENTOFDEFAULT",
                "SHA1:SHA384:aRSA:!DSS"
            })
    void theSuitesAreOpenSslsInItsOrder(String text, @TempDir Path directory) throws IOException {
        Map<String, String> names =
                CipherSuite.ALL.stream().collect(Collectors.toMap(CipherSuite::name, CipherSuite::jsseName));

        List<String> expected = Stream.of(
                        Certificates.openssl(directory, "ciphers", text).strip().split(":"))
                .map(names::get)
                .filter(Objects::nonNull)
                .toList();

        assertEquals(expected, CipherString.jsseNames(text));
        assertTrue(!expected.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo", "ecdhe", "@FOO", "HIGH:@STRENGTH:@FOO", "HIGH:!", "LOW", "TLSv1.3", "PROFILE=SYSTEM", ""})
    void whatOpenSslRefusesIsEmpty(String text) {
        assertEquals(List.of(), CipherString.jsseNames(text));
    }

    @Test
    void tls13SuitesKeepTheOrderGiven() {
        assertEquals(
                List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"),
                CipherString.tls13Names("TLS_CHACHA20_POLY1305_SHA256:FOO:TLS_AES_128_GCM_SHA256"));
        assertEquals(List.of(), CipherString.tls13Names("FOO"));
    }

    @Test
    void everySuiteOfTheTableIsKnownByThatNameAndEverySuiteOfTheJdkIsInTheTable() throws Exception {
        List<String> known =
                List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        Map<String, CipherSuite> table =
                CipherSuite.ALL.stream().collect(Collectors.toMap(CipherSuite::jsseName, Function.identity()));

        for (String name : known) {
            assertTrue(
                    table.containsKey(name)
                            || CipherString.TLS_1_3.contains(name)
                            || name.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
                    name);
        }
        assertTrue(known.contains(table.keySet().stream()
                .filter(n -> n.contains("ECDHE_RSA_WITH_CHACHA"))
                .findFirst()
                .orElseThrow()));
    }
}
