package dev.sluice.expression;

import java.util.Objects;

/** Why a text is no expression, in httpd's words. Carries no stack: it is an answer, not a fault. */
public final class BadExpression extends Exception {
    private static final long serialVersionUID = 1L;

    BadExpression(String message) {
        super(message, null, false, false);
    }

    public String message() {
        return Objects.requireNonNull(getMessage());
    }
}
