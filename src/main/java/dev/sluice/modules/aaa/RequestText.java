package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Request;

/** A text that may ask the request for parts of itself ({@code "area of %{HTTP_HOST}"}). */
interface RequestText {
    String of(Request request);

    /** @param complaint what stands before the fault of an expression that cannot be read */
    static RequestText read(String text, Scope scope, String complaint) throws BadArgument {
        try {
            RequestExpression expression = RequestExpression.string(text, scope);
            String constant = expression.constant();
            return constant == null ? expression::text : request -> constant;
        } catch (BadExpression e) {
            throw new BadArgument(complaint + ": " + e.message());
        }
    }
}
