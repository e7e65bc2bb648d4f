package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileGlobTest {
    @ParameterizedTest
    @CsvSource({
        "*.conf, a.conf, true",
        "*.conf, .conf, false",
        ".*, .conf, true",
        "*, a, true",
        "?.conf, ab.conf, false",
        "[a-c]*, bob, true",
        "[!a-c]*, bob, false",
        "[^a-c]*, dob, true",
        "[]x]y, ]y, true",
        "[a, [a, true",
        "a\\*b, a*b, true",
        "a\\*b, axb, false",
        "*a*b*c*, xxaxxbxxcxx, true",
        "*a*b*c*, xxcxxbxxaxx, false"
    })
    void matchesAsFnmatchDoes(String pattern, String name, boolean matches) {
        assertEquals(matches, new FileGlob(pattern).matches(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "?", "[a]", "x[", "\\*", "a]"})
    void aPatternIsKnownByItsSigns(String text) {
        boolean expected = text.equals("a*") || text.equals("?") || text.equals("[a]");

        assertEquals(expected, FileGlob.isPattern(text));
    }

    @Test
    void manyStarsTakeNoTimeToFail() {
        assertEquals(false, new FileGlob("*a".repeat(50) + "b").matches("a".repeat(5_000)));
    }
}
