package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.request.Request;

/** A text that may ask the request for parts of itself ({@code "area of %{HTTP_HOST}"}). */
interface RequestText {
    String of(Request request);

    /**
     * @param complaint what stands before the fault of an expression that cannot be read
     */
    static RequestText read(String text, String complaint) throws BadArgument {
        if (text.contains("%{")) {
            throw new BadArgument(complaint + ": expressions are not evaluated yet");
        }
        return request -> text;
    }
}
