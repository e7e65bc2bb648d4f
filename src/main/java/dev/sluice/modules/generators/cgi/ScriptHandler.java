package dev.sluice.modules.generators.cgi;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.CgiEnvironment;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.modules.core.FileHandler;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Answers requests by scripts (cgi_handler, mod_cgi.c). One for each module and configuration. */
public final class ScriptHandler {
    /**
     * What httpd calls the ways in which a script is not run; mod_cgi and mod_cgid number them differently.
     *
     * @param module its short name
     */
    public record Numbers(
            String module, String noExec, String noFile, String folder, String noPathInfo, String noStart) {}

    public static final Numbers CGI =
            new Numbers("cgi", "AH02809", "AH02811", "AH02812", "AH02813", "AH01223: couldn't spawn child process");
    public static final Numbers CGID =
            new Numbers("cgid", "AH01262", "AH01264", "AH01265", "AH01266", "AH01252: couldn't create child process");

    private final Numbers numbers;
    private final Scripts scripts;

    public ScriptHandler(Numbers numbers, Scripts scripts) {
        this.numbers = numbers;
        this.scripts = scripts;
    }

    /** The hook for {@link dev.sluice.request.Phase#HANDLER}. */
    public Outcome answer(Request request) {
        String handler = request.handler() == null ? request.contentType() : request.handler();
        if (request.isProxied() || !("cgi-script".equals(handler) || "application/x-httpd-cgi".equals(handler))) {
            return Outcome.DECLINED;
        }
        Settings settings = request.settings();
        if (!settings.view(DirectoryOptions.IN_FORCE).has(DirectoryOptions.EXEC_CGI) && !isScriptAliased(request)) {
            return refused(request, 403, numbers.noExec, "Options ExecCGI is off in this directory");
        }
        BasicFileAttributes file = request.file();
        if (file == null) {
            return refused(request, 404, numbers.noFile, "script not found or unable to stat");
        }
        if (file.isDirectory()) {
            return refused(request, 403, numbers.folder, "attempt to invoke directory as script");
        }
        if (FileHandler.refusesPathInfo(request)) {
            return refused(request, 404, numbers.noPathInfo, "AcceptPathInfo off disallows user's path");
        }
        return request.exchange().isInIoThread() ? Outcome.ON_WORKER : Outcome.answerWith(this::start);
    }

    private static boolean isScriptAliased(Request request) {
        return request.hasNotes() && "cgi-script".equals(request.notes().get("alias-forced-type"));
    }

    private Outcome refused(Request request, int status, String number, String why) {
        request.log(Level.ERROR, numbers.module, number + ": stderr from " + request.filename() + ": " + why);
        return Outcome.status(status);
    }

    /** On a worker thread: variables may ask disks, and starting a process takes a while. */
    private void start(HttpServerExchange exchange) {
        Request request = Objects.requireNonNull(Request.of(exchange));
        CgiEnvironment.addCommon(request);
        CgiEnvironment.addRequest(request);
        String script = String.valueOf(request.filename());
        if (!Scripts.isProgram(script)) {
            request.log(
                    Level.ERROR,
                    numbers.module,
                    "AH01215: stderr from " + script + ": (8)Exec format error: exec of '" + script + "' failed");
            request.log(
                    Level.ERROR,
                    numbers.module,
                    "End of script output before headers: " + script.substring(script.lastIndexOf('/') + 1));
            request.fail(500);
            return;
        }
        Process process;
        try {
            process = scripts.start(script, arguments(request), request.environment());
        } catch (IOException e) {
            request.log(
                    Level.ERROR, numbers.module, numbers.noStart + ": " + request.filename() + ": " + e.getMessage());
            request.fail(500);
            return;
        }
        Duration own = request.settings().get(CgiLines.TIMEOUT);
        Duration limit = own.isZero() ? request.server().settings().get(CoreModule.TIMEOUT) : own;
        ScriptExchange run = new ScriptExchange(request, process, scripts, numbers.module, limit);
        exchange.dispatch(exchange.getIoThread(), run::begin);
    }

    /** A query without an equals sign is words for the script (ISINDEX). */
    private static List<String> arguments(Request request) {
        String query = request.query();
        if (query.isEmpty() || query.indexOf('=') >= 0) {
            return List.of();
        }
        return List.of(query.split("\\+", -1)).stream()
                .map(ScriptHandler::unescaped)
                .map(ScriptHandler::guarded)
                .toList();
    }

    /** With a backslash before what a shell would take for its own (ap_escape_shell_cmd). */
    private static String guarded(String word) {
        StringBuilder text = new StringBuilder(word.length() + 4);
        for (int i = 0; i < word.length(); i++) {
            if ("&;`'\"|*?~<>^()[]{}$\\\n".indexOf(word.charAt(i)) >= 0) {
                text.append('\\');
            }
            text.append(word.charAt(i));
        }
        return text.toString();
    }

    /** What cannot be unescaped stays; a NUL ends no word, it makes it one that cannot be. */
    private static String unescaped(String word) {
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int high = c == '%' && i + 2 < word.length() ? Character.digit(word.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(word.charAt(i + 2), 16);
            if (low < 0) {
                text.append(c);
                continue;
            }
            char value = (char) (high * 16 + low);
            if (value == 0) {
                return word;
            }
            text.append(value);
            i += 2;
        }
        return text.toString();
    }
}
