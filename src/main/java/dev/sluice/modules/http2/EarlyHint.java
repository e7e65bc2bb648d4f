package dev.sluice.modules.http2;

import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import io.undertow.util.HttpString;
import java.util.List;

/** A header of the 103 response that H2EarlyHint asks for. */
record EarlyHint(HttpString name, String value) {
    static void read(Line line, Scope scope) {
        EarlyHint hint = new EarlyHint(
                new HttpString(line.words().get(0).text()), line.words().get(1).text());
        boolean server = scope.place().kind() == Place.Kind.SERVER;
        scope.give(server ? Http2Module.HINTS : Http2Module.HINTS_HERE, List.of(hint), line.span());
    }
}
