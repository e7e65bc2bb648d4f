package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Sun, 06 Nov 1994 08:49:37 GMT            | 784111777
                    Sunday, 06-Nov-94 08:49:37 GMT           | 784111777
                    Sun Nov  6 08:49:37 1994                 | 784111777
                    Sun, 06 Nov 1994 08:49:37 GMT; length=26 | 784111777
                    Thu, 02 Jan 2020 03:04:05 GMT            | 1577934245
                    Sun, 31 Feb 1994 08:49:37 GMT            |
                    garbage                                  |
                    ''                                       |
                    """)
    void datesAreReadInAllThreeForms(String text, Long expected) {
        assertEquals(expected, HttpDate.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = "784111777 | Sun, 06 Nov 1994 08:49:37 GMT")
    void datesAreWrittenInTheFirst(long seconds, String expected) {
        assertEquals(expected, HttpDate.format(seconds));
    }
}
