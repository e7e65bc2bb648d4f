package dev.sluice.modules.mappers.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Captures;
import dev.sluice.expression.Regex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RewriteRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
            ^/app/(.*)$ /app/
            ^/ab*c /a
            ^/ab?c /a
            ^/ab+c /ab
            ^/ab{0,2}c /a
            ^/a\\.b(x) /a.b
            ^index\\.php$ index.php
            ^ ''
            ^(.*)$ ''
            ^/a|/b ''
            ^/a(b|c) ''
            /app ''
            ^/\\d+ /
            ^/[ab] /
            ^\\S ''
            """)
    void aPatternMatchesNothingThatBeginsOtherwise(String pattern, String prefix) {
        String found = RewriteRule.prefix(pattern.replace("\\\\", "\\"));

        assertEquals(prefix, found);
    }

    @Test
    void aRuleIsTriedWhereItsPatternMatches() throws BadPattern {
        String pattern = "^/ab*\\.x(.*)$";
        RewriteRule rule = new RewriteRule(List.of(), Regex.compile(pattern), false, "-", RuleFlags.NONE);

        Captures found = rule.pattern.find("/a.xyz");

        assertNotNull(found);
        assertTrue(rule.mayMatch("/a.xyz"));
    }

    @ParameterizedTest
    @CsvSource({"/a//b/./c/../d, /a/b/d", "/../x, /x", "/, /", "/a/b/, /a/b/", "//x//, /x/"})
    void aPathIsMadePlain(String path, String plain) {
        assertEquals(plain, LocalPath.canonical(path));
    }

    @ParameterizedTest
    @CsvSource({"/x/../../y, ", "/x, /root/x", "/x/../y/, /root/y/"})
    void aPathDoesNotClimbOutOfItsRoot(String path, String below) {
        assertEquals(below, LocalPath.below("/root", path));
    }
}
