package dev.sluice.modules.mappers.negotiation;

import dev.sluice.modules.core.Fields;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for by its Accept headers and by Negotiate (RFC 2295).
 *
 * @param encodings null where there is no such header, as for the next two
 * @param hasTypeQualities true where the types have qualities: then wildcards count as written
 * @param isTransparent true where the client can choose among variants itself
 * @param isExact true where headers of a client that knows what it says are not made up for
 */
record ClientWishes(
        List<Accepted> types,
        @Nullable List<Accepted> encodings,
        @Nullable List<Accepted> languages,
        @Nullable List<Accepted> charsets,
        boolean hasTypeQualities,
        boolean isTransparent,
        boolean mayChoose,
        boolean isRvsa,
        boolean isExact) {
    private static final HttpString NEGOTIATE = new HttpString("Negotiate");

    /**
     * @param transparent false for a resource that clients may not choose a variant of themselves
     * @param prefersScripts true where a script is what is most likely meant
     */
    static ClientWishes of(HttpServerExchange exchange, boolean transparent, boolean prefersScripts) {
        List<Accepted> given = Accepted.header(Fields.request(exchange, Headers.ACCEPT));
        boolean qualities = given != null && given.stream().anyMatch(a -> a.quality() < 1);
        String negotiate = transparent ? Fields.request(exchange, NEGOTIATE) : null;
        String agent = exchange.getRequestHeaders().getFirst(Headers.USER_AGENT);
        // Old Lynx says so and does not mean it.
        if ("trans".equals(negotiate) && agent != null && agent.startsWith("Lynx")) {
            negotiate = null;
        }
        List<Accepted> tokens = Accepted.header(negotiate);
        boolean trans = false;
        boolean rvsa = false;
        boolean any = false;
        for (Accepted token : tokens == null ? List.<Accepted>of() : tokens) {
            String name = token.name();
            boolean known = List.of("trans", "vlist", "guess-small", "*").contains(name)
                    || (!name.isEmpty() && Character.isDigit(name.charAt(0)));
            trans |= known;
            rvsa |= name.equals("1.0");
            any |= known && name.startsWith("*");
        }
        List<Accepted> types = new ArrayList<>(given == null ? List.of(new Accepted("*/*", 1, 0, "")) : given);
        float scripts = rvsa ? 0 : prefersScripts ? 2 : 0.001f;
        types.add(new Accepted(VariantChoice.SCRIPT, scripts, 0, ""));
        return new ClientWishes(
                List.copyOf(types),
                Accepted.header(Fields.request(exchange, Headers.ACCEPT_ENCODING)),
                Accepted.header(Fields.request(exchange, Headers.ACCEPT_LANGUAGE)),
                Accepted.header(Fields.request(exchange, Headers.ACCEPT_CHARSET)),
                qualities,
                trans,
                negotiate == null || rvsa || any,
                rvsa,
                rvsa || any);
    }
}
