package dev.sluice.modules.aaa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of clients. */
final class ClientHostTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    good.com,  good.com,       true
                    good.com,  www.good.com,   true
                    good.com,  nogood.com,     false
                    .good.com, www.good.com,   true
                    .good.com, good.com,       false
                    GOOD.com,  www.good.com,   true
                    """)
    void aDomainIsMadeOfWholeLabels(String domain, String host, boolean expected) {
        assertEquals(expected, ClientHost.isIn(domain, host));
    }
}
