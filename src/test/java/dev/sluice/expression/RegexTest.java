package dev.sluice.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ^/a(.*)$                | /a/b      | /a/b
            [[:alpha:]]+            | 12ab3     | ab
            [[:^digit:]]+           | 12ab3     | ab
            [^[:space:]]+           | ` ab c`   | ab
            []x]+                   | a]x       | ]x
            [^]x]+                  | ]ax       | a
            [a[b]+                  | x[ab      | [ab
            [a&&b]+                 | x&b       | &b
            [\\w.-]+                | (a.b-c)   | a.b-c
            [a-z-9]+                | A-b9      | -b9
            [\\d-x]+                | a1-x      | 1-x
            a{2}b{x                 | aab{x     | aab{x
            a{,2}                   | aa{,2}    | a{,2}
            {a}                     | {a}       | {a}
            x}                      | x}        | x}
            \\Qa.b\\E.              | a.bc      | a.bc
            (?i)msIE [2-6]          | MSIE 5    | MSIE 5
            (?P<w_1>a)(?P=w_1)      | aa        | aa
            (?<a>.)\\k<a>           | xx        | xx
            (.)\\g1                 | xx        | xx
            (.)\\g{-1}2             | xx2       | xx2
            (a)(?#comment)b         | ab        | ab
            \\x41\\x{42}\\103       | ABC       | ABC
            a\\/b\\-c\\"            | a/b-c"    | a/b-c"
            \\bMSIE                 | x MSIE    | MSIE
            (?x) a  [ b] # all      | `a `      | `a `
            a++b                    | aab       | aab
            (?>a+)b                 | aab       | aab
            (?<!x)a                 | xaa       | a
            \\h+                    | `a \tb`   | ` \t`
            """)
    void aPatternMatchesWhatPcreMatches(String pattern, String subject, String whole) throws BadPattern {
        Regex regex = Regex.compile(pattern);

        Captures found = regex.find(subject.replace("\\t", "\t"));

        assertNotNull(found);
        assertEquals(whole.replace("\\t", "\t"), found.group(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            (       | false
            a)      | false
            [a      | false
            *a      | false
            [b-a]   | false
            \\      | false
            \\2(a)  | false
            \\y     | false
            (?<1>a) | false
            a\\Kb   | true
            (?R)    | true
            (?1)    | true
            `(?|a)` | true
            (?(1)a) | true
            (*ANY)a | true
            """)
    void aBadPatternIsToldFromOneThatCannotBeDoneHere(String pattern, boolean unsupported) {
        BadPattern bad = assertThrows(BadPattern.class, () -> Regex.compile(pattern));

        assertEquals(unsupported, bad.isUnsupported());
    }

    @Test
    void httpdsWordsStandAloneUnlessHttpdWouldTakeThePattern() {
        BadPattern wrong = assertThrows(BadPattern.class, () -> Regex.compile("("));
        BadPattern undone = assertThrows(BadPattern.class, () -> Regex.compile("a\\Kb"));

        assertEquals("It could not be compiled.", wrong.in("It could not be compiled."));
        assertEquals("It could not be compiled: '\\K' is not supported", undone.in("It could not be compiled."));
    }

    @Test
    void theDollarIsTheVeryEnd() throws BadPattern {
        assertFalse(Regex.compile("a$").matches("a\n"));
        assertTrue(Regex.compile("(?m)a$").matches("a\nb"));
    }

    @Test
    void theDotMatchesLineEndsToo() throws BadPattern {
        assertTrue(Regex.compile("a.b").matches("a\nb"));
    }

    @Test
    void onlyAsciiLettersHaveCase() throws BadPattern {
        assertTrue(Regex.compileIgnoringCase("abc").matches("xABCx"));
        assertFalse(Regex.compileIgnoringCase("\u00e9").matches("\u00c9"));
    }

    @Test
    void theNamesOfGroupsAreKept() throws BadPattern {
        Regex regex = Regex.compile("(a)(?<site_name>b)(?:c)(?P<x>d)");

        assertEquals(List.of("", "site_name", "x"), regex.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            http://z/$1      | http://z/oo
            $0-$1-$9         | foo-oo-
            \\$1 & \\1 \\\\  | $1 & 1 \\
            $ $$ $x          | $ $$ $x
            """)
    void groupsTakeTheirPlacesInATemplate(String template, String expanded) throws BadPattern {
        Captures found = Regex.compile("f(o+)").find("a foo");

        assertNotNull(found);
        assertEquals(expanded, found.expand(template));
    }

    @Test
    void endlessBacktrackingIsGivenUpAndTold() throws BadPattern {
        List<String> told = new ArrayList<>();
        Regex.reportTo(told::add);
        long before = Regex.givenUp();

        Captures found = Regex.compile("^(.*a){12}b").find("a".repeat(64) + "c");

        assertNull(found);
        assertEquals(before + 1, Regex.givenUp());
        assertEquals(
                List.of("the pattern '^(.*a){12}b' was given up on a text of 65 bytes: matching took too many steps"),
                told);
        Regex.reportTo(message -> {});
    }

    @Test
    void aDeepRecursionIsGivenUp() throws BadPattern {
        assertFalse(Regex.compile("^(a|b|c)*d$").matches("abc".repeat(200_000)));
    }

    @Test
    void anEdgeOfAWordIsOneOfAsciiLettersAlone() throws BadPattern {
        Regex edge = Regex.compile("x\\b");
        Regex inside = Regex.compile("x\\B");

        assertTrue(edge.matches("x\u00c3\u00a9"));
        assertFalse(inside.matches("x\u00c3\u00a9"));
        assertFalse(edge.matches("xy"));
        assertTrue(inside.matches("xy"));
    }
}
