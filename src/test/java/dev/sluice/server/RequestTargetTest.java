package dev.sluice.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.modules.core.CoreModule.EncodedSlashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /                   | /           | 0
            /a/b                | /a/b        | 0
            /a//b               | /a/b        | 0
            /a/./b/.            | /a/b/       | 0
            /a/../b             | /b          | 0
            /a/%2e%2e/b         | /b          | 0
            /a/..               | /           | 0
            /...                | /...        | 0
            /a%20b              | '/a b'      | 0
            /%41                | /A          | 0
            /..                 | /..         | 400
            /a/../../b          | /a/../../b  | 400
            /%2e%2e/etc/passwd  | /%2e%2e/etc/passwd | 400
            /a%zz               | /a%zz       | 400
            /a%4                | /a%4        | 400
            a/b                 | a/b         | 400
            /a%2fb              | /a%2fb      | 404
            /a%00b              | /a%00b      | 404
            *                   | *           | 0
            """)
    void aPathIsMadePlainBeforeItIsDecoded(String raw, String path, int status) {
        RequestTarget target = RequestTarget.of(raw, true, EncodedSlashes.OFF);

        assertEquals(path, target.path());
        assertEquals(status, target.status());
    }

    @Test
    void encodedSlashesAreDecodedOrKeptAsAsked() {
        assertEquals("/a/b", RequestTarget.of("/a%2Fb", true, EncodedSlashes.ON).path());
        assertEquals(
                "/a%2Fb",
                RequestTarget.of("/a%2Fb", true, EncodedSlashes.NO_DECODE).path());
    }

    @Test
    void slashesStayWhereMergeSlashesIsOff() {
        assertEquals(
                "/a//b", RequestTarget.of("/a//b", false, EncodedSlashes.OFF).path());
    }

    @Test
    void theQueryIsNotTouched() {
        RequestTarget target = RequestTarget.of("/a/../b?x=/../%zz?y", true, EncodedSlashes.OFF);

        assertEquals("/b", target.path());
        assertEquals("x=/../%zz?y", target.query());
    }
}
