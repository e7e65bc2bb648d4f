package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangesTest {
    /** Observed with httpd 2.4.71 and a file of 26 bytes; an empty answer is the whole file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bytes=0-3              | 0-3
                    bytes=0-               | 0-25
                    bytes=-4               | 22-25
                    bytes=-400             | 0-25
                    bytes=-0               | ''
                    bytes=26-              | none
                    bytes=30-40            | none
                    bytes=30-31,40-        | none
                    bytes=25-400           | 25-25
                    bytes=3-1              | ''
                    bytes=a-b              | ''
                    bytes=                 | ''
                    bytes=,                | ''
                    bytes= 1-2             | ''
                    BYTES=1-2              | 1-2
                    items=1-2              | ''
                    bytes=0-0,5-6          | 0-0 5-6
                    bytes=0-0, 5-6         | ''
                    bytes=0-5,4-6          | 0-6
                    bytes=0-0,30-31        | 0-0
                    bytes=5-6,0-1          | 5-6 0-1
                    bytes=0-1,2-3          | 0-3
                    bytes=0-10,8-20,1-2    | 0-20
                    bytes=0-24,25-25,0-24  | 0-25
                    bytes=0-9,20-25,0-19   | ''
                    bytes=99999999999999999999-1 | ''
                    """)
    void rangesAreReadAsHttpdReadsThem(String header, String expected) {
        ByteRanges ranges = ByteRanges.parse(header, 26);

        String found = ranges.isUnsatisfiable()
                ? "none"
                : ranges.ranges().stream().map(r -> r.start() + "-" + r.end()).collect(Collectors.joining(" "));
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bytes=1-2,4-5,7-8 | 2  | 20 | 20 | 0
                    bytes=1-2,4-5     | 2  | 20 | 20 | 2
                    bytes=5-6,7-8     | 20 | 0  | 20 | 0
                    bytes=5-6,0-1     | 20 | 0  | 0  | 2
                    bytes=5-6,3-4     | 20 | 20 | 0  | 0
                    bytes=5-6,3-4     | -1 | -1 | -1 | 1
                    """)
    void tooManyAskForTheWhole(String header, int max, int overlaps, int reversals, int expected) {
        ByteRanges ranges = ByteRanges.parse(header, 26).within(max, overlaps, reversals);

        assertEquals(expected, ranges.ranges().size());
    }

    @Test
    void nothingCanBeTakenFromAnEmptyFile() {
        assertTrue(ByteRanges.parse("bytes=0-0", 0).isUnsatisfiable());
    }
}
