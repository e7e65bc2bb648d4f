package dev.sluice.modules.loggers;

import dev.sluice.directive.BadArgument;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.CannotStart;
import dev.sluice.module.Start;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The access logs of a configuration while it serves. Lines of one target share a file, whoever declares them. */
final class OpenLogs {
    /** The logs that the answers of a server are written to. */
    record OfServer(List<AccessLog> logs, LogFormat defaultFormat) {}

    private final IdentityHashMap<Server, OfServer> servers = new IdentityHashMap<>();
    private final IdentityHashMap<LogLine, AccessLog> opened = new IdentityHashMap<>();
    private final Map<String, LogFile> files = new HashMap<>();
    private boolean countRequests;
    private boolean countBytes;

    /** All logs are open after it, or none. */
    void open(Start start) throws CannotStart {
        try {
            for (Server server : start.configuration().servers().toList()) {
                servers.put(server, open(start, server));
            }
        } catch (CannotStart e) {
            close();
            throw e;
        }
    }

    private OfServer open(Start start, Server server) throws CannotStart {
        List<LogLine> lines = new ArrayList<>(server.settings().get(LogConfigModule.LOGS));
        lines.addAll(server.settings().get(LogConfigModule.GLOBAL_LOGS));
        List<AccessLog> logs = new ArrayList<>(lines.size());
        for (LogLine line : lines) {
            logs.add(open(start, server, line));
        }
        SelfReference.configuredName(server); // the resolver may take its time: now, not for the first line
        String fallback = server.settings().get(LogConfigModule.DEFAULT_FORMAT);
        return new OfServer(List.copyOf(logs), format(start.configuration(), fallback));
    }

    /** A line that virtual hosts inherit is opened once, with the formats of the main server. */
    private AccessLog open(Start start, Server server, LogLine line) throws CannotStart {
        AccessLog known = opened.get(line);
        if (known != null) {
            return known;
        }
        String format = line.format();
        LogFormat read = format == null ? null : named(start.configuration(), server, format);
        AccessLog log = new AccessLog(line, file(start, server, line.target()), read);
        opened.put(line, log);
        return log;
    }

    private LogFormat named(Configuration configuration, Server server, String nameOrFormat) throws CannotStart {
        String named = server.settings().get(LogConfigModule.FORMATS).get(nameOrFormat);
        return format(configuration, named == null ? nameOrFormat : named);
    }

    private LogFormat format(Configuration configuration, String text) throws CannotStart {
        List<String> modules = configuration.modules();
        LogLetters letters = new LogLetters(modules.contains("ssl_module"), modules.contains("logio_module"));
        countRequests |= text.contains("k");
        countBytes |= text.contains("I") || text.contains("S");
        try {
            return LogFormat.read(text, letters);
        } catch (BadArgument e) {
            throw new CannotStart(e.message());
        }
    }

    private LogFile file(Start start, Server server, String target) throws CannotStart {
        LogFile known = files.get(target);
        if (known != null) {
            return known;
        }
        ErrorLog errors = start.errorLog(server);
        try {
            LogFile file = LogFile.open(
                    target,
                    start.configuration().serverRoot(),
                    complaint -> errors.log(Level.ERROR, "log_config", complaint));
            files.put(target, file);
            return file;
        } catch (IOException e) {
            throw new CannotStart(LogFile.reason(e) + ": " + couldNotOpen(start, target));
        }
    }

    private static String couldNotOpen(Start start, String target) {
        return LogFile.isPiped(target)
                ? "AH00108: could not start piped log program '" + target.substring(1) + "'"
                : "AH00649: could not open transfer log file "
                        + LogFile.path(target, start.configuration().serverRoot()) + ".";
    }

    OfServer of(Server server) {
        OfServer known = servers.get(server);
        if (known == null) {
            throw new IllegalStateException("server: " + server + " (expected: one of the configuration started with)");
        }
        return known;
    }

    /** True where some format may ask how many requests a connection has carried. */
    boolean countRequests() {
        return countRequests;
    }

    /** True where some format may ask how many bytes came in. */
    boolean countBytes() {
        return countBytes;
    }

    void close() {
        files.values().forEach(LogFile::close);
    }
}
