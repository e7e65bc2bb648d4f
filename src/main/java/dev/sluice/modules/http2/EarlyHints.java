package dev.sluice.modules.http2;

import dev.sluice.model.Setting;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.wire.http2.Http2ServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 103 responses: of the server's own, as H2PushResource and H2EarlyHint ask for them, before a request is handled (check_push, h2_c2.c),
 * and what those of a backend have pushed.
 */
final class EarlyHints {
    private static final int STATUS = 103;

    private EarlyHints() {}

    static Outcome announce(Request request) {
        if (!(request.exchange().getConnection() instanceof Http2ServerConnection stream)) {
            return Outcome.DECLINED;
        }
        if (stream.pushes() && stream.pushedOn() == 0) {
            stream.onHints(headers -> Pushes.of(request, stream, headers));
        }
        List<PushedResource> resources = here(request, Http2Module.PUSH_RESOURCES_HERE, Http2Module.PUSH_RESOURCES);
        List<EarlyHint> hints = here(request, Http2Module.HINTS_HERE, Http2Module.HINTS);
        if ((!resources.isEmpty() || !hints.isEmpty()) && !expectsContinue(request)) {
            stream.sendInterim(STATUS, "", headers(resources, hints));
        }
        return Outcome.DECLINED;
    }

    /** What a section says takes the place of what the server says. */
    private static <T> List<T> here(Request request, Setting<List<T>> section, Setting<List<T>> server) {
        List<T> own = request.settings().get(section);
        return own.isEmpty() ? request.server().settings().get(server) : own;
    }

    private static boolean expectsContinue(Request request) {
        String expect = request.exchange().getRequestHeaders().getFirst("Expect");
        return expect != null && expect.equalsIgnoreCase("100-continue");
    }

    private static HeaderMap headers(List<PushedResource> resources, List<EarlyHint> hints) {
        HeaderMap headers = new HeaderMap();
        for (EarlyHint hint : hints) {
            join(headers, hint.name(), hint.value());
        }
        for (PushedResource resource : resources) {
            join(headers, Pushes.LINK, resource.link());
        }
        return headers;
    }

    private static void join(HeaderMap headers, HttpString name, String value) {
        @Nullable String before = headers.getFirst(name);
        headers.put(name, before == null ? value : before + ", " + value);
    }
}
