package dev.sluice.modules.generators;

import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.ScriptHead;
import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** mod_asis: files of the handler send-as-is, which have their own headers before an empty line. */
public final class AsisModule implements HttpdModule {
    private static final String TYPE = "httpd/send-as-is";

    @Override
    public String id() {
        return "asis_module";
    }

    @Override
    public String file() {
        return "mod_asis.c";
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.HANDLER, AsisModule::answer);
    }

    /** asis_handler, mod_asis.c. */
    private static Outcome answer(Request request) {
        String handler = request.handler() == null ? request.contentType() : request.handler();
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.isProxied() || !get || !("send-as-is".equals(handler) || TYPE.equals(handler))) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        String name = String.valueOf(request.filename());
        Path path = FileNames.path(name);
        if (request.file() == null || path == null) {
            request.log(Level.INFO, "asis", "AH01233: File does not exist: " + name);
            return Outcome.status(404);
        }
        try {
            return answer(request, ByteBuffer.wrap(Files.readAllBytes(path)));
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "asis",
                    LogFile.reason(e) + ": AH01234: file permissions deny server access: " + name);
            return Outcome.status(403);
        }
    }

    private static Outcome answer(Request request, ByteBuffer file) {
        ScriptHead head = new ScriptHead(request, "asis");
        ScriptHead.Progress progress = head.read(file);
        if (progress == ScriptHead.Progress.MORE) {
            progress = head.end();
        }
        if (progress == ScriptHead.Progress.MALFORMED) {
            return Outcome.status(500);
        }
        String location = head.location();
        boolean redirects = head.redirects() || (head.status() >= 300 && head.status() < 400);
        if (location != null && location.startsWith("/") && redirects) {
            return Outcome.internalRedirect(location);
        }
        int condition = head.apply();
        return condition == 0 ? Outcome.answerWith(exchange -> send(exchange, file)) : Outcome.status(condition);
    }

    private static void send(HttpServerExchange exchange, ByteBuffer body) {
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            EmptyAnswer.end(exchange);
        } else {
            exchange.setResponseContentLength(body.remaining());
            exchange.getResponseSender().send(body);
        }
    }
}
