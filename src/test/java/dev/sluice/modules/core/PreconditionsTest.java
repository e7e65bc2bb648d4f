package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {
    private static final long MODIFIED = 1577934245;
    private static final long YEARS_LATER = MODIFIED + 100_000_000;

    /** Observed with httpd 2.4.71. DATE is the file's, EARLIER a second before, LATER one after; a bar joins two headers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    GET;  If-None-Match: "t";                                   NOT_MODIFIED
                    GET;  If-None-Match: W/"t";                                 NOT_MODIFIED
                    GET;  If-None-Match: *;                                     NOT_MODIFIED
                    GET;  If-None-Match: "a", "t";                              NOT_MODIFIED
                    GET;  If-None-Match: t;                                     ANSWER
                    GET;  If-None-Match: "a";                                   ANSWER
                    GET;  If-None-Match: "t"|If-Modified-Since: EARLIER;        ANSWER
                    GET;  If-None-Match: "x"|If-Modified-Since: DATE;           ANSWER
                    GET;  If-None-Match: "t"|If-Modified-Since: DATE;           NOT_MODIFIED
                    GET;  If-Modified-Since: DATE;                              NOT_MODIFIED
                    GET;  If-Modified-Since: LATER;                             NOT_MODIFIED
                    GET;  If-Modified-Since: EARLIER;                           ANSWER
                    GET;  If-Modified-Since: Thu, 02 Jan 2050 03:04:04 GMT;     ANSWER
                    GET;  If-Modified-Since: garbage;                           ANSWER
                    POST; If-None-Match: "t";                                   FAILED
                    POST; If-None-Match: W/"t";                                 ANSWER
                    POST; If-Modified-Since: DATE;                              ANSWER
                    GET;  If-Match: "t";                                        ANSWER
                    GET;  If-Match: W/"t";                                      FAILED
                    GET;  If-Match: "x";                                        FAILED
                    GET;  If-Match: *;                                          ANSWER
                    GET;  If-Unmodified-Since: DATE;                            ANSWER
                    GET;  If-Unmodified-Since: EARLIER;                         FAILED
                    GET;  If-Unmodified-Since: garbage;                         ANSWER
                    GET;  If-Match: "t"|If-Unmodified-Since: EARLIER;           FAILED
                    GET;  Range: bytes=0-3|If-None-Match: W/"t";                ANSWER
                    GET;  Range: bytes=0-3|If-None-Match: "t";                  NOT_MODIFIED
                    GET;  Range: bytes=0-3|If-Modified-Since: DATE;             NOT_MODIFIED
                    """)
    void conditionsHoldAsInHttpd(String method, String headers, Preconditions.Verdict expected) {
        Preconditions conditions = conditions(method, headers, YEARS_LATER);

        assertEquals(expected, conditions.verdict());
    }

    /** Within a minute of the change a date is no ground for a part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    If-Unmodified-Since: EARLIER;                          FAILED
                    If-Unmodified-Since: EARLIER|Range: bytes=0-1;         ANSWER
                    If-Modified-Since: DATE;                               NOT_MODIFIED
                    If-Modified-Since: DATE|Range: bytes=0-1;              ANSWER
                    If-None-Match: *|Range: bytes=0-1;                     NOT_MODIFIED
                    """)
    void aYoungFileIsTreatedWithCare(String headers, Preconditions.Verdict expected) {
        Preconditions conditions = conditions("GET", headers, MODIFIED + 3);

        assertEquals(expected, conditions.verdict());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    If-Range: "t";       true
                    If-Range: "x";       false
                    If-Range: W/"t";     false
                    If-Range: DATE;      true
                    If-Range: LATER;     false
                    If-Range: EARLIER;   false
                    X: y;                true
                    """)
    void aPartIsSentOfTheVersionAskedFor(String headers, boolean expected) {
        assertEquals(expected, conditions("GET", headers, YEARS_LATER).rangeIsOfThis());
    }

    private static Preconditions conditions(String method, String lines, long now) {
        HeaderMap headers = new HeaderMap();
        for (String line : lines.split("\\|")) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1)
                    .strip()
                    .replace("DATE", HttpDate.format(MODIFIED))
                    .replace("EARLIER", HttpDate.format(MODIFIED - 1))
                    .replace("LATER", HttpDate.format(MODIFIED + 1));
            headers.put(new HttpString(line.substring(0, colon).strip()), value);
        }
        return new Preconditions(headers, method.equals("GET"), "\"t\"", MODIFIED, now);
    }
}
