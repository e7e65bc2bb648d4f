package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FnmatchTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    *.html,      a.html,     true
                    *.html,      a/b.html,   false
                    *,           '',         true
                    *,           .hidden,    true
                    a*c,         abbbc,      true
                    a*c,         ac,         true
                    a*c,         acd,        false
                    a**c,        abc,        true
                    *a*b*,       xxaxxbxx,   true
                    ?,           a,          true
                    ?,           /,          false
                    ?,           '',         false
                    [abc]x,      bx,         true
                    [a-c]x,      dx,         false
                    [!a-c]x,     dx,         true
                    [^a]x,       ax,         false
                    [!a]x,       /x,         false
                    []a]x,       ]x,         true
                    [a,          [a,         true
                    \\*,         *,          true
                    \\*,         a,          false
                    /srv/*/www/, /srv/a/www/, true
                    /srv/*/www/, /srv/a/b/www/, false
                    """)
    void patternsMatchAsInApr(String pattern, String text, boolean expected) {
        assertEquals(expected, Fnmatch.matches(pattern, text));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /srv/www,  false
                    /srv/*,    true
                    a?,        true
                    [a,        false
                    [a],       true
                    a],        false
                    \\*,       false
                    """)
    void aPatternHasAWildcard(String text, boolean expected) {
        assertEquals(expected, Fnmatch.isPattern(text));
    }
}
