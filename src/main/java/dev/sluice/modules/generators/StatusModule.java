package dev.sluice.modules.generators;

import dev.sluice.directive.Reading;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.generators.status.Scoreboard;
import dev.sluice.modules.generators.status.StatusPage;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** mod_status: what the server does, for people and, as {@code ?auto}, for programs. */
public final class StatusModule implements HttpdModule {
    private static final HttpString REFRESH = new HttpString("Refresh");
    private static final String TYPE = "application/x-httpd-status";

    private String mpm = "event";

    @Override
    public String id() {
        return "status_module";
    }

    @Override
    public String file() {
        return "mod_status.c";
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Hooks.Turn.REALLY_FIRST, this::begin)
                .at(Phase.HANDLER, this::answer)
                .at(Phase.LOG, Hooks.Turn.REALLY_LAST, StatusModule::end);
    }

    @Override
    public void start(Start start) {
        for (String module : start.configuration().modules()) {
            if (module.startsWith("mpm_")) {
                mpm = module.replace("mpm_", "").replace("_module", "");
            }
        }
        Scoreboard.OF_PROCESS.configured();
    }

    /** A request that another one led to has the slot of that one. */
    private Outcome begin(Request request) {
        if (request.previous() == null) {
            Scoreboard.OF_PROCESS.begin(request);
        }
        return Outcome.DECLINED;
    }

    private static Outcome end(Request request) {
        Scoreboard.OF_PROCESS.end(request);
        return Outcome.DECLINED;
    }

    private Outcome answer(Request request) {
        String handler = request.handler() == null ? request.contentType() : request.handler();
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.isProxied() || !get || !("server-status".equals(handler) || TYPE.equals(handler))) {
            return Outcome.DECLINED;
        }
        // Files under /proc are no disk, but they are read all the same.
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        String query = request.query();
        HeaderMap headers = request.exchange().getResponseHeaders();
        int refresh = query.indexOf("refresh");
        if (refresh >= 0) {
            int seconds = query.startsWith("=", refresh + 7) ? Reading.atoi(query.substring(refresh + 8)) : 0;
            headers.put(REFRESH, Integer.toString(seconds > 0 ? seconds : 10));
        }
        boolean auto = query.contains("auto");
        headers.put(Headers.CONTENT_TYPE, (auto ? "text/plain" : "text/html") + "; charset=ISO-8859-1");
        StatusPage page = new StatusPage(request, mpm);
        byte[] text =
                (auto ? page.lines() : page.html(!query.contains("notable"))).getBytes(StandardCharsets.ISO_8859_1);
        return Outcome.answerWith(exchange -> {
            exchange.setResponseContentLength(text.length);
            if (exchange.getRequestMethod().equals(Methods.HEAD)) {
                exchange.endExchange();
            } else {
                exchange.getResponseSender().send(ByteBuffer.wrap(text));
            }
        });
    }
}
