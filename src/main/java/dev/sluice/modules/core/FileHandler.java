package dev.sluice.modules.core;

import dev.sluice.model.Settings;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handler that answers where no other does: it sends the file (default_handler, core.c). */
public final class FileHandler {
    /** Names of handlers whose files are programs or guarded pages: sent as they are they would tell their source. */
    private static final Set<String> NEVER_AS_FILES = Set.of(
            "cgi-script",
            "server-parsed",
            "type-map",
            "imap-file",
            "lua-script",
            "perl-script",
            "modperl",
            "fcgid-script",
            "fastcgi-script",
            "wsgi-script",
            "uwsgi-handler",
            "php-script",
            "server-status",
            "server-info",
            "ldap-status",
            "balancer-manager");

    /** Answers OPTIONS: the headers say it all. */
    static final HttpHandler NOTHING = exchange -> {
        exchange.setResponseContentLength(0);
        exchange.endExchange();
    };

    private FileHandler() {}

    /** The hook for {@link dev.sluice.request.Phase#HANDLER}, behind those of all modules. Blocks. */
    public static Outcome answer(Request request) {
        if (request.isProxied()) {
            return Outcome.DECLINED;
        }
        if (UnreadBody.isOfUnknownLength(request) && request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        int refused = UnreadBody.status(request);
        if (refused != 0) {
            return Outcome.status(refused);
        }
        String method = request.method();
        return switch (method) {
            case "GET", "HEAD", "POST" -> send(request);
            case "OPTIONS" -> {
                StandardMethods.allow(request);
                FileAnswer.describe(request);
                yield Outcome.answerWith(NOTHING);
            }
            default -> {
                StandardMethods.allow(request);
                if (StandardMethods.isKnown(method)) {
                    yield Outcome.status(405);
                }
                request.log(
                        Level.ERROR,
                        "core",
                        "AH00135: Invalid method in request " + method + " " + request.unparsedUri() + " "
                                + request.exchange().getProtocol());
                yield Outcome.status(501);
            }
        };
    }

    private static Outcome send(Request request) {
        String filename = request.filename();
        BasicFileAttributes file = request.file();
        if (filename == null || file == null) {
            return notFound(request, "AH00128: File does not exist: " + filename + request.pathInfo());
        }
        if (file.isDirectory()) {
            return notFound(request, "AH00129: Attempt to serve directory: " + filename);
        }
        if (!request.pathInfo().isEmpty()
                && request.settings().get(FileDirectives.ACCEPT_PATH_INFO) != FileDirectives.PathInfo.ON) {
            return notFound(request, "AH00130: File does not exist: " + filename + request.pathInfo());
        }
        String handler = unsupported(request);
        if (handler != null) {
            request.log(
                    Level.ERROR,
                    "core",
                    "handler \"" + handler + "\" is not supported, and the file must not be sent as it is: "
                            + filename);
            return Outcome.status(500);
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        return open(request, filename, file);
    }

    /** True where AcceptPathInfo is off and there is one: handlers that would take it must not. */
    public static boolean refusesPathInfo(Request request) {
        return !request.pathInfo().isEmpty()
                && request.settings().get(FileDirectives.ACCEPT_PATH_INFO) == FileDirectives.PathInfo.OFF;
    }

    private static Outcome notFound(Request request, String message) {
        if (request.errorLog().keeps(Level.INFO, "core")) {
            request.log(Level.INFO, "core", message);
        }
        return Outcome.status(404);
    }

    /** The name of a handler, or a type that stands for one, whose files are never sent as they are; else null. */
    private static @Nullable String unsupported(Request request) {
        String handler = request.handler();
        if (handler == null) {
            handler = request.contentType();
        }
        if (handler == null) {
            return null;
        }
        String name = handler.toLowerCase(Locale.ROOT);
        boolean never = NEVER_AS_FILES.contains(name)
                || name.startsWith("application/x-httpd-")
                || name.startsWith("proxy:")
                || name.startsWith("php");
        return never ? handler : null;
    }

    private static Outcome open(Request request, String filename, BasicFileAttributes file) {
        Path path = FileNames.path(filename);
        FileChannel channel = null;
        String why = "";
        try {
            channel = path == null ? null : FileChannel.open(path, StandardOpenOption.READ);
            if (channel != null) {
                Outcome outcome = answer(request, file, channel);
                channel = null;
                return outcome;
            }
        } catch (IOException e) {
            close(channel);
            why = LogFile.reason(e) + ": ";
        }
        request.log(Level.ERROR, "core", why + "AH00132: file permissions deny server access: " + filename);
        return Outcome.status(403);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome answer(Request request, BasicFileAttributes file, FileChannel channel) throws IOException {
        Settings settings = request.settings();
        long nowMillis = System.currentTimeMillis();
        String etag = EntityTag.of(file, channel, settings.view(FileETag.IN_FORCE), nowMillis * 1000);
        String list = request.variantListTag();
        if (etag != null && list != null) {
            etag = EntityTag.within(etag, list);
        }
        long modified = Math.min(file.lastModifiedTime().toMillis(), nowMillis) / 1000;
        FileAnswer.describe(request);
        FileAnswer.validators(request, etag, modified);
        Preconditions conditions = new Preconditions(
                request.exchange().getRequestHeaders(),
                !request.method().equals("POST"),
                etag,
                modified,
                nowMillis / 1000);
        Preconditions.Verdict verdict = request.noLocalCopy() ? Preconditions.Verdict.ANSWER : conditions.verdict();
        ByteRanges ranges = verdict == Preconditions.Verdict.ANSWER && conditions.rangeIsOfThis()
                ? ranges(request, file.size())
                : ByteRanges.WHOLE;
        if (ranges.isUnsatisfiable()) {
            channel.close();
            FileAnswer.forget(request);
            return Outcome.status(416);
        }
        return Outcome.answerWith(new FileAnswer(request, channel, file.size(), verdict, ranges));
    }

    private static ByteRanges ranges(Request request, long length) {
        String header = request.exchange().getRequestHeaders().getFirst(Headers.RANGE);
        Settings settings = request.settings();
        int max = settings.get(FileDirectives.MAX_RANGES);
        if (header == null || length == 0) {
            return ByteRanges.WHOLE;
        }
        ByteRanges asked = ByteRanges.parse(header, length);
        if (max == 0 && !asked.isUnsatisfiable()) {
            return ByteRanges.WHOLE;
        }
        return asked.within(
                max, settings.get(FileDirectives.MAX_RANGE_OVERLAPS), settings.get(FileDirectives.MAX_RANGE_REVERSALS));
    }
}
