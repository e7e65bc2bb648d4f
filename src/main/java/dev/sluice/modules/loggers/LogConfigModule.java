package dev.sluice.modules.loggers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Expression;
import dev.sluice.model.Configuration;
import dev.sluice.model.Merge;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.LogFile;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** mod_log_config: access logs, one line a request. */
public final class LogConfigModule implements HttpdModule {
    static final Setting<Map<String, String>> FORMATS =
            perServer("LogFormat", Map.<String, String>of(), Merge.overlay());

    /** The format of TransferLog: a LogFormat without a nickname. */
    static final Setting<String> DEFAULT_FORMAT = perServer("LogFormat", LogFormat.COMMON);

    /** A virtual host with logs of its own does not write to the main server's. */
    static final Setting<List<LogLine>> LOGS =
            perServer("CustomLog", List.<LogLine>of(), Merge.<LogLine>append()).inheriting(Merge.own());

    static final Setting<List<LogLine>> GLOBAL_LOGS = perServer("GlobalLog", List.<LogLine>of(), Merge.append());

    /** The letters of mod_logio that count bytes, with what may stand between. */
    private static final Pattern COUNTED = Pattern.compile("%[!<>,0-9]*[IOS]");

    private static final ThreadLocal<LineBuffer> LINE = ThreadLocal.withInitial(LineBuffer::new);

    private final OpenLogs logs = new OpenLogs();

    @Override
    public String id() {
        return "log_config_module";
    }

    @Override
    public String file() {
        return "mod_log_config.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "CustomLog", SERVERS, reads(Args.TAKE23, (line, scope) -> customLog(line, scope, LOGS), LOGS)),
                directive(
                        "GlobalLog",
                        MAIN_SERVER,
                        reads(Args.TAKE23, (line, scope) -> customLog(line, scope, GLOBAL_LOGS), GLOBAL_LOGS)),
                directive("TransferLog", SERVERS, reads(Args.TAKE1, LogConfigModule::transferLog, LOGS)),
                directive(
                        "LogFormat", SERVERS, reads(Args.TAKE12, LogConfigModule::logFormat, FORMATS, DEFAULT_FORMAT)),
                directive(
                        "BufferedLogs",
                        SERVERS,
                        ignored(Args.FLAG, "lines are always gathered and written together, at most 2 ms later")));
    }

    private static void customLog(Line line, Scope scope, Setting<List<LogLine>> setting) throws BadArgument {
        List<Word> words = line.words();
        LogLine.Condition condition = words.size() > 2 ? condition(words.get(2), scope) : null;
        String format = words.get(1).text();
        read(format, line, scope);
        scope.give(setting, List.of(new LogLine(words.get(0).text(), format, condition, line.span())), line.span());
    }

    private static LogLine.@Nullable Condition condition(Word word, Scope scope) throws BadArgument {
        String text = word.text();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("env=")) {
            boolean absent = text.startsWith("!", 4);
            String variable = text.substring(absent ? 5 : 4);
            if (variable.isEmpty()) {
                throw new BadArgument("missing environment variable name", word.span());
            }
            return request -> request.original().environment().has(variable) != absent;
        }
        if (lower.startsWith("expr=")) {
            if (text.length() == 5) {
                throw new BadArgument("missing condition", word.span());
            }
            return expression(text.substring(5), word, scope);
        }
        throw new BadArgument("error in condition clause", word.span());
    }

    private static LogLine.Condition expression(String text, Word word, Scope scope) throws BadArgument {
        try {
            return RequestExpression.condition("log_config", text, scope, Expression.Option.DONT_VARY)::test;
        } catch (BadExpression e) {
            throw new BadArgument(e.message(), word.span());
        }
    }

    private static void transferLog(Line line, Scope scope) {
        String target = line.words().get(0).text();
        scope.give(LOGS, List.of(new LogLine(target, null, null, line.span())), line.span());
    }

    private static void logFormat(Line line, Scope scope) throws BadArgument {
        String format = line.words().get(0).text();
        read(format, line, scope);
        if (line.words().size() == 2) {
            scope.give(FORMATS, Map.of(line.words().get(1).text(), format), line.span());
        } else {
            scope.give(DEFAULT_FORMAT, format, line.span());
        }
    }

    /** Checks a format, and says what its letters of mod_logio leave out. */
    private static void read(String format, Line line, Scope scope) throws BadArgument {
        LogLetters letters = letters(scope);
        LogFormat.read(format, letters);
        if (letters.counts() && COUNTED.matcher(format).find()) {
            scope.find(
                    Findings.PARTLY,
                    line.span(),
                    "%I, %O and %S count heads and bodies, but not what TLS, HTTP/2 and chunks add to them");
        }
    }

    private static LogLetters letters(Scope scope) {
        return new LogLetters(scope.isLoaded("ssl_module"), scope.isLoaded("logio_module"));
    }

    @Override
    public void check(Configuration configuration) throws CannotStart {
        Set<LogLine> asked = Collections.newSetFromMap(new IdentityHashMap<>());
        List<String> complaints = new ArrayList<>();
        for (Server server : configuration.newestFirst()) {
            for (Setting<List<LogLine>> setting : List.of(LOGS, GLOBAL_LOGS)) {
                for (LogLine line : server.settings().get(setting)) {
                    String complaint = asked.add(line) ? folderComplaint(configuration, line) : null;
                    if (complaint != null) {
                        complaints.add(complaint);
                    }
                }
            }
        }
        if (!complaints.isEmpty()) {
            throw new CannotStart(String.join("\n", complaints));
        }
    }

    private static @Nullable String folderComplaint(Configuration configuration, LogLine line) {
        if (LogFile.isPiped(line.target())) {
            return null;
        }
        var path = LogFile.path(line.target(), configuration.serverRoot());
        String complaint = LogFile.folderComplaint(path);
        return complaint == null
                ? null
                : complaint + ": AH02297: Cannot access directory '" + path.getParent() + "/' for log file '"
                        + line.target() + "' defined at " + line.span();
    }

    @Override
    public void start(Start start) throws CannotStart {
        logs.open(start);
        start.onStop(logs::close);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Hooks.Turn.REALLY_FIRST, this::noteRequest)
                .at(Phase.LOG, Hooks.Turn.LAST, this::log);
    }

    private Outcome noteRequest(Request request) {
        if (logs.countRequests() && request.previous() == null) {
            ConnectionCount.count(request);
        }
        if (logs.countBytes()) {
            WireSizes.noteRequestHead(request);
        }
        return Outcome.DECLINED;
    }

    private Outcome log(Request request) {
        OpenLogs.OfServer open = logs.of(request.server());
        LineBuffer line = LINE.get();
        for (AccessLog log : open.logs()) {
            LogLine.Condition condition = log.line().condition();
            if (condition == null || condition.holds(request)) {
                LogFormat format = log.format();
                line.clear();
                (format == null ? open.defaultFormat() : format).write(request, line);
                log.file().write(line.bytes(), 0, line.length());
            }
        }
        return Outcome.DECLINED;
    }
}
