package dev.sluice.modules.loggers;

import dev.sluice.modules.core.StrfTime;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.directive.BadArgument;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            %Z       | Unrecognized LogFormat directive %Z
            %h %g    | Unrecognized LogFormat directive %g
            %^zz     | Unrecognized LogFormat directive %^
            %^t      | Unrecognized LogFormat directive %^
            %I       | Unrecognized LogFormat directive %I
            %{foo    | Ran off end of LogFormat parsing args to some directive
            %{foo}   | Ran off end of LogFormat parsing args to some directive
            %        | Ran off end of LogFormat parsing args to some directive
            %400,5   | Ran off end of LogFormat parsing args to some directive
            %>       | Ran off end of LogFormat parsing args to some directive
            """)
    void aBadFormatIsRefusedInHttpdsWords(String format, String complaint) {
        LogLetters letters = new LogLetters(false, false);

        BadArgument bad = assertThrows(BadArgument.class, () -> LogFormat.read(format, letters));

        assertEquals(complaint, bad.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            `plain text`   | `plain text`
            `a"b\\c`       | `a\\"b\\\\c`
            `a\tb`         | `a\\tb`
            `\u0001\u007f` | `\\x01\\x7f`
            `\u00e9`       | `\\xe9`
            """)
    void whatAClientSentIsEscaped(String text, String escaped) {
        assertEquals(escaped, new LineBuffer().addEscaped(text).toString());
    }

    @Test
    void whiteSpaceHasShortEscapesButForTheFormFeed() {
        String escaped = new LineBuffer().addEscaped("\n\r\u000b\b\f").toString();

        assertEquals("\\n\\r\\v\\b\\x0c", escaped);
    }

    @Test
    void numbersAreWrittenWithoutMakingText() {
        LineBuffer line = new LineBuffer();

        line.add(0).add(' ').add(1234567890123L).add(' ').add(-5).add(' ').addPadded(7, 3);

        assertEquals("0 1234567890123 -5 007", line.toString());
    }

    @Test
    void aLineGrowsAsItMust() {
        LineBuffer line = new LineBuffer();

        line.add("a".repeat(600)).addEscaped("\u00ff".repeat(600));

        assertEquals(600 + 4 * 600, line.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            %s %k %e %j           | `1795227727  2 21 325`
            %%                    | %
            %z %Z                 | `+0000 UTC`
            %b %B %a %A           | `Nov November Sat Saturday`
            %d %m %y %Y %C        | `21 11 26 2026 20`
            %I %M %S %p %P        | `02 22 07 AM am`
            %R %T %D %F           | `02:22 02:22:07 11/21/26 2026-11-21`
            %c                    | `Sat Nov 21 02:22:07 2026`
            %x %X %r              | `11/21/26 02:22:07 02:22:07 AM`
            %u %w %U %V %W %G %g  | `6 6 46 47 46 2026 26`
            %h %l                 | `Nov  2`
            %E %Q% %E%            | `%E %Q% %`
            %Ey %Od               | `26 21`
            %-H %_d %-j %^a %#p   | `2 21 325 SAT am`
            x                     | x
            """)
    void timesArePrintedAsTheCLibraryDoes(String format, String text) {
        ZonedDateTime time = ZonedDateTime.of(2026, 11, 21, 2, 22, 7, 0, ZoneId.of("UTC"));

        assertEquals(text, new StrfTime(format).format(time));
    }

    @Test
    void anOffsetHasNoColon() {
        ZonedDateTime time = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("America/St_Johns"));

        assertEquals("-0330 01 00 00", new StrfTime("%z %V %U %W").format(time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            `x=1; foo=bar baz; y=2` | foo | bar baz
            `foo = "q x" ;F="a"`    | foo | "q x"
            `foo = "q x" ;F="a"`    | f   | "a"
            `foo=; foo=2`           | foo | 2
            `foobar=1`              | foo | -
            `foo`                   | foo | -
            `a=b=c`                 | a   | b=c
            """)
    void aCookieIsFoundAmongOthers(String cookies, String name, String value) {
        assertEquals(value, LogHeaders.cookie(cookies, name));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            /a@b,                    /a@b
            http://u:p@h/a:b@c,      http://u:XXXXXXXX@h/a:b@c
            http://h:80/,            http://h:80/
            http://u@h/,             http://u@h/
            *,                       *
            """)
    void aPasswordInTheTargetIsHidden(String target, String logged) {
        assertEquals(logged, Passwords.hidden(target));
    }
}
