package dev.sluice.modules.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.directive.BadArgument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SslProtocolsTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            all -SSLv3,               TLSv1.3 TLSv1.2 TLSv1.1 TLSv1
            all -SSLv2 -TLSv1,        TLSv1.3 TLSv1.2 TLSv1.1
            -all +TLSv1.2,            TLSv1.2
            TLSv1.2 +TLSv1.3,         TLSv1.3 TLSv1.2
            tlsv1.2,                  TLSv1.2
            '',                       ''
            -all,                     ''
            -TLSv1.2,                 ''
            """)
    void wordsAddAndTakeAway(String words, String expected) throws BadArgument {
        List<String> names = SslProtocols.jsseNames(SslProtocols.read("SSLProtocol", words, warning -> {}));

        assertEquals(expected, String.join(" ", names));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            SSLProtocol,      SSLv2,      SSLProtocol: SSLv2 is no longer supported
            SSLProxyProtocol, +SSLv2 all, SSLProtocol: SSLv2 is no longer supported
            SSLProtocol,      +SSLv3,     SSLv3 not supported by this version of OpenSSL
            SSLProtocol,      +foo,       SSLProtocol: Illegal protocol 'foo'
            SSLProxyProtocol, TLSv1.4,    SSLProxyProtocol: Illegal protocol 'TLSv1.4'
            """)
    void whatDoesNotExistIsRefusedInHttpdsWords(String directive, String words, String message) {
        BadArgument thrown = assertThrows(BadArgument.class, () -> SslProtocols.read(directive, words, warning -> {}));

        assertEquals(message.replace("\"", "'"), thrown.message());
    }

    @Test
    void aBareWordAfterOthersIsWarnedOf() throws BadArgument {
        List<String> warnings = new ArrayList<>();

        List<String> names = SslProtocols.jsseNames(SslProtocols.read("SSLProtocol", "all TLSv1.2", warnings::add));

        assertEquals(List.of("TLSv1.2"), names);
        assertEquals(
                List.of("AH02532: SSLProtocol: Protocol 'TLSv1.2' overrides already set parameter(s). "
                        + "Check if a +/- prefix is missing."),
                warnings);
    }
}
