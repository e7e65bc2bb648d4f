package dev.sluice.expression;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The words of an expression as httpd's parser sees them: the pieces of a text are one STRING with its escapes replaced,
 * and what cannot be read is an ERROR, which is the last word. An ERROR swallows the text before it.
 */
final class ExpressionTokens {
    private static final String UNTERMINATED = "Unterminated string or variable";

    private final ExpressionLexer lexer;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean inText;
    private @Nullable String complaint;

    private ExpressionTokens(String source, boolean isText) {
        lexer = new ExpressionLexer(CharStreams.fromString(source));
        lexer.removeErrorListeners();
        if (isText) {
            lexer.mode(ExpressionLexer.TEXT);
        }
    }

    /** The words of {@code source}; {@code isText} where all of it is a string. */
    static ExpressionTokens of(String source, boolean isText) {
        ExpressionTokens tokens = new ExpressionTokens(source, isText);
        tokens.read();
        return tokens;
    }

    /** Has {@code eq}, without a dash, and its kin compare texts instead of numbers. */
    void compareTexts() {
        for (Token token : tokens) {
            int type = ofTexts(token.getType());
            if (type != token.getType() && !token.getText().startsWith("-")) {
                ((CommonToken) token).setType(type);
            }
        }
    }

    private static int ofTexts(int type) {
        return switch (type) {
            case ExpressionLexer.OP_EQ -> ExpressionLexer.OP_STR_EQ;
            case ExpressionLexer.OP_NE -> ExpressionLexer.OP_STR_NE;
            case ExpressionLexer.OP_LT -> ExpressionLexer.OP_STR_LT;
            case ExpressionLexer.OP_LE -> ExpressionLexer.OP_STR_LE;
            case ExpressionLexer.OP_GT -> ExpressionLexer.OP_STR_GT;
            case ExpressionLexer.OP_GE -> ExpressionLexer.OP_STR_GE;
            default -> type;
        };
    }

    List<Token> tokens() {
        return tokens;
    }

    /** What is wrong with the ERROR; empty where there is none. */
    String complaint() {
        return complaint == null ? "" : complaint;
    }

    private void read() {
        while (complaint == null) {
            Token token = lexer.nextToken();
            switch (token.getType()) {
                case Token.EOF -> {
                    end(token);
                    return;
                }
                case ExpressionLexer.STRING -> piece(token.getText());
                case ExpressionLexer.ESCAPE -> escape(token);
                case ExpressionLexer.BAD_ESCAPE -> error(token, "Bad escape sequence");
                case ExpressionLexer.BAD_NAME ->
                    error(token, "Invalid character in variable name '" + token.getText() + "'");
                case ExpressionLexer.JAM -> error(token, "flex scanner jammed");
                case ExpressionLexer.ERROR -> error(token, "Parse error near '" + token.getText() + "'");
                default -> {
                    flush(token);
                    tokens.add(token);
                }
            }
        }
        CommonToken end = new CommonToken(Token.EOF);
        tokens.add(end);
    }

    private void end(Token token) {
        if (lexer._mode != ExpressionLexer.DEFAULT_MODE && lexer._mode != ExpressionLexer.TEXT) {
            error(token, UNTERMINATED);
        } else {
            flush(token);
        }
        tokens.add(new CommonToken(Token.EOF));
    }

    private void piece(String more) {
        inText = true;
        text.append(more);
    }

    private void escape(Token token) {
        String escaped = token.getText().substring(1);
        char c = escaped.charAt(0);
        if (c >= '0' && c <= '7') {
            int value = Integer.parseInt(escaped, 8);
            if (value > 255) {
                error(token, "Escape sequence out of bound");
            } else {
                piece(String.valueOf((char) value));
            }
            return;
        }
        piece(
                switch (c) {
                    case 'n' -> "\n";
                    case 'r' -> "\r";
                    case 't' -> "\t";
                    case 'b' -> "\b";
                    case 'f' -> "\f";
                    default -> escaped;
                });
    }

    /** The text so far as one word, before {@code next}; a NUL ends it, as it ends a text in C. */
    private void flush(Token next) {
        if (!inText) {
            return;
        }
        int end = text.indexOf("\0");
        CommonToken joined = new CommonToken(next);
        joined.setType(ExpressionLexer.STRING);
        joined.setText(end < 0 ? text.toString() : text.substring(0, end));
        tokens.add(joined);
        text.setLength(0);
        inText = false;
    }

    private void error(Token token, String message) {
        CommonToken error = new CommonToken(token);
        error.setType(ExpressionLexer.ERROR);
        tokens.add(error);
        complaint = message;
    }
}
