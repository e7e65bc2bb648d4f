package dev.sluice.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions come to; checked against httpd by the cases {@code expressions-...}. */
final class ExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    ! true || true                       ; true
                    !(true || true)                      ; false
                    true || false && false               ; true
                    'abc' < 'abd' && 'B' < 'a'           ; true
                    '10' == '010'                        ; false
                    '10' -eq '010'                       ; true
                    ' -7x' -eq -7                        ; true
                    'x' -eq 0                            ; true
                    99999999999999999999 -eq 9223372036854775807 ; true
                    'b' in {'a', 'b'}                    ; true
                    'c' in Listed('a')                   ; false
                    'b' in Listed('a')                   ; true
                    'ABC' =~ /b/                         ; false
                    'ABC' =~ /b/i                        ; true
                    'ABC' !~ m#b#i                       ; false
                    'foobar' =~ /(o+)(b)/ && '$1-$2-$0' == 'oo-b-oob' ; true
                    'foobar' =~ /(o+)/ && 'x' =~ /x/ && $1 == 'oo'    ; true
                    'foobar' =~ /(o+)/ && !('x' =~ /(y)/) && $1 == '' ; true
                    $0 == ''                             ; true
                    %{KNOWN} . 'x' == 'subjectx'         ; true
                    "%{known:a}%{known}" == '<a>subject' ; true
                    'a\\tb\\x\\101' == 'a	bxA'           ; true
                    'a\\000b' == 'a'                     ; true
                    """)
    void conditionsHold(String source, boolean holds) throws BadExpression {
        Expression<String> expression = Expression.condition(source.replace("\\\\", "\\"), KnownNames.ALL);

        assertEquals(holds, expression.test(new Evaluation<>("subject")));
    }

    @Test
    void stringsAreFilledIn() throws BadExpression {
        Expression<String> expression = Expression.string("a %{known} 'b' %{known:$1} 100% \\%{x", KnownNames.ALL);
        Captures groups = new Captures("whole", matched());

        assertEquals("a subject 'b' <h> 100% %{x", expression.text(new Evaluation<>("subject", groups)));
    }

    private static java.util.regex.Matcher matched() {
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("w(h)ole").matcher("whole");
        matcher.find();
        return matcher;
    }

    @Test
    void groupsAreLeftForWhoAsks() throws BadExpression {
        Expression<String> expression = Expression.condition("%{known} =~ /(b.)/", KnownNames.ALL);
        Evaluation<String> evaluation = new Evaluation<>("subject");

        assertEquals(true, expression.test(evaluation));

        Captures groups = evaluation.groups();
        assertEquals("bj", groups == null ? "" : groups.group(1));
    }
}
