package dev.sluice.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What httpd 2.4.71 says of expressions that are none; asked of it one by one. */
final class ExpressionSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "! (true && false) || not true and !!false",
                "1 == 1 && 'a' != \"b\" || 'a' < 'b' and 'a' <= 'b' or 'a' > 'b' || 'a' >= 'b'",
                "1 -eq 1 && 1 eq 1 && 1 -ne 2 && 1 lt 2 && 1 -le 2 && 1 gt 0 && -1 -ge -2",
                "1=='x'",
                "1.2 == 1",
                "1 . 'x' == known('y') . %{KNOWN}",
                "'a' =~ /x/i && 'a' !~ m#(y)#",
                "'a' =~ m!a!",
                "'a' in {'a', 'b' . 'c', %{KNOWN}} || 'a' -in{1}",
                "'a' in Listed('x')",
                "-y 'x' && -y%{known}",
                "'x' -FITS 'y'",
                "$1 == \"a$1$2%{known:%{known:x}}%b$c\"",
                "'a\\'b\\\\\\n\\101' == ''",
                "KNOWN ('x') == 1"
            })
    void whatHttpdTakesIsTaken(String source) throws BadExpression {
        assertEquals(source, Expression.condition(source, KnownNames.ALL).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                     | syntax error, unexpected $end
                    true true              | syntax error, unexpected T_TRUE, expecting $end
                    1 1                    | syntax error, unexpected T_DIGIT
                    1 == 1 == 1            | syntax error, unexpected T_OP_STR_EQ, expecting $end
                    (1 == 1 1              | syntax error, unexpected T_DIGIT, expecting T_OP_OR or T_OP_AND or ')'
                    (true && true 1        | syntax error, unexpected T_DIGIT, expecting T_OP_OR or T_OP_AND or ')'
                    ('a') == 'a'           | syntax error, unexpected ')'
                    true & true            | syntax error, unexpected T_ERROR, expecting $end: Parse error near '&'
                    @                      | Parse error near '@'
                    1 in 1                 | syntax error, unexpected T_DIGIT, expecting T_ID or '{'
                    1 in {1 2}             | syntax error, unexpected T_DIGIT, expecting '}' or ','
                    1 in {}                | syntax error, unexpected '}'
                    known(1 2              | syntax error, unexpected T_DIGIT, expecting T_OP_CONCAT or ')'
                    known                  | syntax error, unexpected $end, expecting '('
                    TRUE                   | syntax error, unexpected $end, expecting '('
                    1 =~ 1                 | syntax error, unexpected T_DIGIT, expecting T_REGEX or T_REGEX_I
                    1 =~ /x                | syntax error, unexpected $end, expecting T_REGEX or T_REGEX_I
                    1 =~ /x/ii             | syntax error, unexpected T_ID, expecting $end
                    1 =~ /(x/ 1            | Failed to compile regular expression
                    %{}                    | syntax error, unexpected T_VAR_END, expecting T_ID
                    %{KNOWN                | syntax error, unexpected T_ERROR, expecting T_VAR_END or ':': Unterminated string or variable
                    %{known:               | Unterminated string or variable
                    %{known:}              | syntax error, unexpected T_VAR_END, expecting T_ERROR or T_STRING or T_REGEX_BACKREF or T_VAR_BEGIN
                    %{known:x $1           | syntax error, unexpected T_ERROR, expecting T_STRING or T_REGEX_BACKREF or T_VAR_BEGIN or T_VAR_END: Unterminated string or variable
                    'a$1                   | syntax error, unexpected T_ERROR, expecting T_STRING or T_REGEX_BACKREF or T_STR_END or T_VAR_BEGIN: Unterminated string or variable
                    'a                     | Unterminated string or variable
                    'x%{a-b}' == 1         | syntax error, unexpected T_ERROR, expecting T_VAR_END or ':': Invalid character in variable name '-'
                    '\\777' == 1           | Escape sequence out of bound
                    '\\89' == 1            | Bad escape sequence
                    %{FOO}                 | syntax error, unexpected $end: Variable 'FOO' does not exist
                    %{foo:x} == %{FOO} 1   | syntax error, unexpected T_DIGIT, expecting $end: Variable 'FOO' does not exist
                    foo(1) == 1            | Function 'foo' does not exist
                    1 in foo(1)            | List-returning function 'foo' does not exist
                    -q 'x'                 | Unary operator '-q' does not exist
                    'x' -nope '*'          | Binary operator '-nope' does not exist
                    -c 'foo' @             | syntax error, unexpected T_ERROR, expecting $end: never constant enough
                    -c 'foo' && 1 == @     | syntax error, unexpected T_ERROR: Parse error near '@'
                    foo(1) @               | syntax error, unexpected T_ERROR: Parse error near '@'
                    1 -EQ 1                | Binary operator '-EQ' does not exist
                    """)
    void whatHttpdRefusesIsRefusedInItsWords(String source, String message) {
        String condition = source.replace("\\\\", "\\");

        BadExpression refused =
                assertThrows(BadExpression.class, () -> Expression.condition(condition, KnownNames.ALL));

        assertEquals(message, refused.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a%{FOO}b     | Variable 'FOO' does not exist
                    %{           | syntax error, unexpected T_ERROR, expecting T_ID: Unterminated string or variable
                    %{:a}        | syntax error, unexpected ':', expecting T_ID
                    $1x\\999     | syntax error, unexpected T_ERROR, expecting $end: Bad escape sequence
                    %{Listed:x}  | Function 'Listed' does not exist
                    """)
    void aStringIsRefusedInHttpdsWords(String source, String message) {
        String text = source.replace("\\\\", "\\");

        BadExpression refused = assertThrows(BadExpression.class, () -> Expression.string(text, KnownNames.ALL));

        assertEquals(message, refused.message());
    }

    @Test
    void filesAreNotForEverybody() throws BadExpression {
        BadExpression refused = assertThrows(
                BadExpression.class,
                () -> Expression.condition("-y 'x'", KnownNames.ALL, Expression.Option.RESTRICTED));

        assertEquals("-y not available in restricted context", refused.message());
        assertTrue(Expression.condition("-y 'x'", KnownNames.ALL).blocks());
    }

    @Test
    void aStringWithoutVariablesIsKnownBeforehand() throws BadExpression {
        assertEquals(
                "it's",
                Objects.requireNonNull(Expression.string("it's", KnownNames.ALL).constant()));
    }

    @Test
    void deepNestingIsRefusedNotFatal() {
        String deep = "(".repeat(100_000) + "true";

        assertThrows(BadExpression.class, () -> Expression.condition(deep, KnownNames.ALL));
    }
}
