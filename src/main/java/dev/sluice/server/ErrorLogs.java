package dev.sluice.server;

import dev.sluice.config.ErrorLogText;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ErrorLogFormat;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.LogLevels;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The error logs of all servers; those that name the same file share it. */
final class ErrorLogs {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);

    private final Map<String, LogFile> files = new HashMap<>();
    private final Map<Server, ErrorLog> logs = new HashMap<>();

    private ErrorLogs() {}

    static ErrorLogs open(Configuration configuration) throws CannotStart {
        ErrorLogs all = new ErrorLogs();
        List<Server> servers = configuration.servers().toList();
        for (Server server : servers) {
            String target = server.settings().get(CoreModule.ERROR_LOG);
            LogFile file = all.files.get(target);
            if (file == null) {
                file = open(target, configuration);
                all.files.put(target, file);
            }
            all.logs.put(
                    server,
                    new ServerLog(
                            file,
                            server.settings().get(CoreModule.LOG_LEVEL),
                            server.settings().get(CoreModule.ERROR_LOG_FORMAT).orElse(null)));
        }
        return all;
    }

    /** For a trial: {@code log} is told everything that any server would log. */
    static ErrorLogs telling(ErrorLog log, Configuration configuration) {
        ErrorLogs all = new ErrorLogs();
        configuration.servers().forEach(server -> all.logs.put(server, log));
        return all;
    }

    private static LogFile open(String target, Configuration configuration) throws CannotStart {
        if (target.startsWith("syslog")) {
            throw new CannotStart("ErrorLog " + target + " is not supported: name a file or a program");
        }
        try {
            return LogFile.open(target, configuration.serverRoot(), System.err::println);
        } catch (IOException e) {
            throw new CannotStart(LogFile.reason(e) + ": AH00091: could not open error log file "
                    + LogFile.path(target, configuration.serverRoot()) + ".");
        }
    }

    ErrorLog of(Server server) {
        return Objects.requireNonNull(logs.get(server));
    }

    void close() {
        List<LogFile> open = new ArrayList<>(files.values());
        open.forEach(LogFile::close);
    }

    /** Notices are always kept: they tell of starts and stops (the manual's page of LogLevel). */
    private record ServerLog(LogFile file, LogLevels levels, @Nullable ErrorLogFormat format) implements ErrorLog {
        /** Notices, which tell of starts and stops, are kept at any LogLevel (log_error_core, server/log.c). */
        @Override
        public boolean keeps(Level level, String module) {
            return level == Level.NOTICE || level.isKeptAt(levels.of(module));
        }

        @Override
        public void startup(String message) {
            file.write(ErrorLogText.escape(message));
        }

        @Override
        public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
            if (keeps(level, module)) {
                file.write(
                        format == null
                                ? line(level, module, exchange, message)
                                : line(format, level, module, exchange, message));
                Request request = exchange == null ? null : Request.of(exchange);
                if (request != null) {
                    request.errorLogged();
                }
            }
        }
    }

    /** Where the text begins after a cause such as {@code (111)Connection refused: }; 0 where there is none. */
    private static int endOfCause(String message) {
        int end = message.startsWith("(") ? message.indexOf(": AH") : -1;
        return end < 0 ? 0 : end + 2;
    }

    private static String line(
            ErrorLogFormat format, Level level, String module, @Nullable HttpServerExchange exchange, String message) {
        int text = endOfCause(message);
        String cause = text == 0 ? "" : message.substring(0, text - 2);
        return format.line(
                level.compareTo(Level.EMERG),
                new ErrorLogValues(level, module, exchange, cause, message.substring(text)));
    }

    /** httpd's default ErrorLogFormat: the cause stands before the client. */
    static String line(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
        StringBuilder line = new StringBuilder(160 + message.length());
        line.append('[').append(TIME.format(ZonedDateTime.now(ZoneId.systemDefault())));
        line.append("] [").append(module).append(':').append(level.word());
        line.append("] [pid ").append(ProcessHandle.current().pid());
        line.append(":tid ").append(Thread.currentThread().getId()).append("] ");
        int text = endOfCause(message);
        line.append(ErrorLogText.escape(message.substring(0, text)));
        if (exchange != null) {
            InetSocketAddress client = exchange.getSourceAddress();
            line.append("[client ").append(client.getAddress().getHostAddress());
            line.append(':').append(client.getPort()).append("] ");
        }
        line.append(ErrorLogText.escape(message.substring(text)));
        String referer = exchange == null ? null : exchange.getRequestHeaders().getFirst(Headers.REFERER);
        if (referer != null) {
            line.append(", referer: ").append(ErrorLogText.escape(referer));
        }
        return line.toString();
    }
}
