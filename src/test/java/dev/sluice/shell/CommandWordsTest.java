package dev.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            sites                     | [[sites]]
            sites; lint  shop         | [[sites], [lint, shop]]
            ;; sites ;                | [[sites]]
            show "a b" 'c;d'          | [[show, a b, c;d]]
            show a"b c"d              | [[show, ab cd]]
            show ""                   | [[show, ]]
            sites # all; of them      | [[sites]]
            explain GET /a#b          | [[explain, GET, /a#b]]
            # nothing                 | []
            """)
    void aLineIsCommandsAndTheirWords(String line, String words) {
        assertEquals(words, CommandWords.of(line).toString());
    }
}
