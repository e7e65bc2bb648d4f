package dev.sluice.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
    /** Words are joined by {@code ,}; ^ is a quote that CSV does not know. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a  b                | a,b
            "a b" 'c d'         | a b,c d
            "it's" 'say "x"'    | it's,say "x"
            "a\\"b\\\\c\\d"     | a"b\\c\\d
            'a\\'b'             | a'b
            "open end           | open end
            "a""b"c             | a,b,c
            Bo"gus 1"           | Bo"gus,1"
            a\\\\b\\c\\ d       | a\\b\\c\\,d
            "C:\\dir\\" x       | C:\\dir" x
            "" x                | ,x
            """)
    void takesWordsAsHttpdDoes(String text, String words) {
        assertEquals(words, String.join(",", Quoting.words(text)));
    }

    @Test
    void knowsWhereAWordStood() {
        Quoting quoting = new Quoting("  \"a b\"  c");

        assertEquals("a b", quoting.word());

        assertEquals(2, quoting.start());
        assertEquals(7, quoting.end());
        assertEquals("c", quoting.rest());
        assertEquals("c", quoting.word());
        assertTrue(quoting.isAtEnd());
        assertEquals("", quoting.word());
    }

    @Test
    void takesTextUpToASign() {
        assertEquals("a", new Quoting("a,,b").wordUntil(','));
        Quoting each = new Quoting("a,,b");
        assertEquals(
                List.of("a", "", "b"), List.of(each.wordUntilOne(','), each.wordUntilOne(','), each.wordUntilOne(',')));
        assertEquals("\"a", new Quoting("\"a b\"").wordUntilSpace());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "", "\"", "'a'", "back\\slash", "c:\\dir\\", "tab\there", "mid\"dle"})
    void whatItQuotesItReadsBack(String word) {
        assertEquals(List.of(word), Quoting.words(Quoting.quote(word)));
    }
}
