package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.addsEach;
import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.opens;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.refused;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Configuration;
import dev.sluice.model.Merge;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.request.Hooks;
import dev.sluice.request.Hooks.Turn;
import dev.sluice.request.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** mod core: names, hosts, limits, waits, error documents, the sections. */
public final class CoreModule implements HttpdModule {
    /** The name the server goes by; empty where none is given. */
    public static final Setting<Optional<ServerName>> SERVER_NAME =
            perServer("ServerName", Optional.empty(), Merge.own());

    /** Lower case, wildcards as written. Not inherited by virtual hosts. */
    public static final Setting<List<String>> SERVER_ALIASES =
            perServer("ServerAlias", List.<String>of(), Merge.<String>append()).inheriting(Merge.own());

    public static final Setting<String> SERVER_ADMIN = perServer("ServerAdmin", "[no address given]");
    public static final Setting<String> SERVER_PATH = perServer("ServerPath", "");

    /** Null-like default: the built-in folder, which a configuration nearly always replaces. */
    public static final Setting<Path> DOCUMENT_ROOT = perServer("DocumentRoot", Path.of("/var/www/html"));

    /** Whether requests are told apart on the status page; where nothing is said, they are once mod_status is loaded. */
    public static final Setting<Boolean> EXTENDED_STATUS = perServer("ExtendedStatus", true);

    /** Whether the status page shows the ends of long request lines instead of their beginnings. */
    public static final Setting<Boolean> SEE_REQUEST_TAIL = perServer("SeeRequestTail", false);

    public static final Setting<Duration> TIMEOUT = perServer("Timeout", Duration.ofSeconds(60));
    public static final Setting<Boolean> KEEP_ALIVE = perServer("KeepAlive", true);
    public static final Setting<Duration> KEEP_ALIVE_TIMEOUT = perServer("KeepAliveTimeout", Duration.ofSeconds(5));

    /** 0 for any number. */
    public static final Setting<Integer> MAX_KEEP_ALIVE_REQUESTS = perServer("MaxKeepAliveRequests", 100);

    public static final Setting<Integer> LIMIT_REQUEST_LINE = perServer("LimitRequestLine", 8190);
    public static final Setting<Integer> LIMIT_REQUEST_FIELD_SIZE = perServer("LimitRequestFieldsize", 8190);
    public static final Setting<Integer> LIMIT_REQUEST_FIELDS = perServer("LimitRequestFields", 100);

    /** Bytes; 0 for any number. */
    public static final Setting<Long> LIMIT_REQUEST_BODY = perDirectory("LimitRequestBody", 1L << 30);

    public static final Setting<Tokens> SERVER_TOKENS = perServer("ServerTokens", Tokens.FULL);
    public static final Setting<Signature> SERVER_SIGNATURE = perDirectory("ServerSignature", Signature.OFF);
    public static final Setting<Canonical> USE_CANONICAL_NAME = perDirectory("UseCanonicalName", Canonical.OFF);
    public static final Setting<Boolean> USE_CANONICAL_PHYSICAL_PORT = perDirectory("UseCanonicalPhysicalPort", false);
    /** Among the names of {@code -D} where {@code -T} was given: no DocumentRoot is looked at. No Define can have it. */
    public static final String UNCHECKED_ROOTS = "-T";

    public static final Setting<Lookups> HOSTNAME_LOOKUPS = perDirectory("HostnameLookups", Lookups.OFF);
    public static final Setting<Trace> TRACE_ENABLE = perServer("TraceEnable", Trace.ON);
    public static final Setting<EncodedSlashes> ALLOW_ENCODED_SLASHES =
            perServer("AllowEncodedSlashes", EncodedSlashes.OFF);
    public static final Setting<Boolean> MERGE_SLASHES = perServer("MergeSlashes", true);
    public static final Setting<Boolean> STRICT_HOST_CHECK = perServer("StrictHostCheck", false);

    /** {@code h2}, {@code h2c}, {@code http/1.1} and whatever else is written, in order. */
    public static final Setting<List<String>> PROTOCOLS =
            perServer("Protocols", List.<String>of(), Merge.<String>append()).inheriting(Merge.own());

    public static final Setting<Boolean> PROTOCOLS_HONOR_ORDER = perServer("ProtocolsHonorOrder", true);

    /** A path, {@code syslog...} or {@code |program}, as written. */
    public static final Setting<String> ERROR_LOG = perServer("ErrorLog", "logs/error_log");

    public static final Setting<Optional<ErrorLogFormat>> ERROR_LOG_FORMAT =
            perServer("ErrorLogFormat", Optional.empty());

    public static final Setting<LogLevels> LOG_LEVEL = perServer("LogLevel", LogLevels.NONE, LogLevels::with);
    public static final Setting<Map<Integer, ErrorDocument>> ERROR_DOCUMENTS =
            perDirectory("ErrorDocument", Map.<Integer, ErrorDocument>of(), Merge.overlay());

    /** A handler's name; {@code none} takes one away. Empty where none is set. */
    public static final Setting<HandlerName> SET_HANDLER = perDirectory("SetHandler", HandlerName.NONE);

    /** Names of filters, in order. */
    static final Setting<List<String>> SET_OUTPUT_FILTER = perDirectory("SetOutputFilter", List.of());

    static final Setting<List<String>> SET_INPUT_FILTER = perDirectory("SetInputFilter", List.of());

    public static final Setting<String> FORCE_TYPE = perDirectory("ForceType", "");

    /** {@code off}, {@code on} (iso-8859-1) or a charset. */
    public static final Setting<String> ADD_DEFAULT_CHARSET = perDirectory("AddDefaultCharset", "off");

    /** How many internal redirects one request may go through. */
    public static final Setting<Integer> LIMIT_INTERNAL_RECURSION = perServer("LimitInternalRecursion", 10);

    /** Which of a server's properties the Server header tells. */
    public enum Tokens {
        FULL,
        OS,
        MINIMAL,
        MINOR,
        MAJOR,
        PRODUCT_ONLY
    }

    public enum Signature {
        OFF,
        ON,
        EMAIL
    }

    public enum Canonical {
        OFF,
        ON,
        DNS
    }

    public enum Lookups {
        OFF,
        ON,
        DOUBLE
    }

    public enum Trace {
        ON,
        OFF,
        EXTENDED
    }

    public enum EncodedSlashes {
        OFF,
        ON,
        NO_DECODE
    }

    private boolean resolved;

    @Override
    public String id() {
        return "core_module";
    }

    @Override
    public String file() {
        return "core.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>();
        rows.addAll(names());
        rows.addAll(waitsAndLimits());
        rows.addAll(answers());
        rows.addAll(logs());
        rows.addAll(verdicts());
        rows.addAll(SectionDirectives.rows());
        rows.addAll(IfDirectives.rows());
        rows.addAll(FileDirectives.rows());
        rows.addAll(OverrideDirectives.rows());
        rows.addAll(ProcessDirectives.rows());
        rows.addAll(CgiDirectives.rows());
        return rows;
    }

    private static List<Directive> names() {
        return List.of(
                directive("<VirtualHost", MAIN_SERVER, opens(ServerLines::virtualHost)),
                directive("ServerName", SERVERS, reads(Args.TAKE1, ServerLines::serverName, SERVER_NAME)),
                directive("ServerAlias", SERVERS, raw(ServerLines::serverAlias, SERVER_ALIASES)),
                directive("ServerPath", SERVERS, sets(SERVER_PATH, word())),
                directive("ServerAdmin", SERVERS, sets(SERVER_ADMIN, word())),
                directive("DocumentRoot", SERVERS, reads(Args.TAKE1, ServerLines::documentRoot, DOCUMENT_ROOT)),
                directive(
                        "UseCanonicalName",
                        SERVERS_AND_DIRECTORIES,
                        sets(
                                        USE_CANONICAL_NAME,
                                        Reading.oneOf(Canonical.class, w -> "parameter must be 'on', 'off', or 'dns'"))
                                .partly("DNS is taken for Off: no address is looked up")),
                directive(
                        "UseCanonicalPhysicalPort",
                        SERVERS_AND_DIRECTORIES,
                        sets(USE_CANONICAL_PHYSICAL_PORT, CoreWords.onOff("parameter must be 'on' or 'off'"))),
                directive(
                        "HostnameLookups",
                        SERVERS_AND_DIRECTORIES,
                        sets(
                                        HOSTNAME_LOOKUPS,
                                        Reading.oneOf(Lookups.class, w -> "parameter must be 'on', 'off', or 'double'"))
                                .partly(
                                        "a name that does not lead back to its address is never used, with On as with Double")),
                directive("Protocols", SERVERS, reads(Args.ITERATE, ServerLines::protocols, PROTOCOLS)),
                directive(
                        "ProtocolsHonorOrder",
                        SERVERS,
                        sets(PROTOCOLS_HONOR_ORDER, CoreWords.onOff("ProtocolsHonorOrder must be 'on' or 'off'"))),
                directive("StrictHostCheck", SERVERS, sets(STRICT_HOST_CHECK, flag())),
                directive(
                        "NameVirtualHost",
                        SERVERS,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> CoreWords.warn(
                                        scope,
                                        line,
                                        "AH00548: NameVirtualHost has no effect and will be removed in the next release "
                                                + line.fileName() + ":" + line.lineNumber()))));
    }

    private static List<Directive> waitsAndLimits() {
        return List.of(
                directive("Timeout", SERVERS, sets(TIMEOUT, Reading.seconds())),
                directive("LimitRequestLine", SERVERS, sets(LIMIT_REQUEST_LINE, CoreWords.limit(""))),
                directive("LimitRequestFieldsize", SERVERS, sets(LIMIT_REQUEST_FIELD_SIZE, CoreWords.limit(""))),
                directive(
                        "LimitRequestFields", SERVERS, sets(LIMIT_REQUEST_FIELDS, CoreWords.limit(" (0 = no limit)"))),
                directive("LimitRequestBody", CoreWords.ALL, sets(LIMIT_REQUEST_BODY, CoreWords.bodyLimit())),
                directive(
                        "LimitInternalRecursion",
                        SERVERS,
                        reads(Args.TAKE12, ServerLines::limitInternalRecursion, LIMIT_INTERNAL_RECURSION)),
                directive(
                        "AllowEncodedSlashes",
                        SERVERS,
                        sets(
                                ALLOW_ENCODED_SLASHES,
                                Reading.oneOf(
                                        EncodedSlashes.class,
                                        w -> "AllowEncodedSlashes must be On, Off, or NoDecode"))),
                directive("MergeSlashes", SERVERS, sets(MERGE_SLASHES, flag())),
                directive(
                        "TraceEnable",
                        SERVERS,
                        sets(
                                TRACE_ENABLE,
                                Reading.oneOf(
                                        Trace.class, w -> "TraceEnable must be one of 'on', 'off', or 'extended'"))),
                directive(
                        "HttpProtocolOptions",
                        SERVERS,
                        addsEach(CoreWords.PROTOCOL_OPTIONS, CoreWords.protocolOption())
                                .partly("requests are read strictly whatever it says")),
                directive(
                        "LimitXMLRequestBody", CoreWords.ALL, ignored(Args.TAKE1, "no module here reads XML bodies")));
    }

    private static List<Directive> answers() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("ErrorDocument", fileInfo, reads(Args.TAKE2, ErrorDocument::set, ERROR_DOCUMENTS)),
                directive("ServerTokens", MAIN_SERVER, sets(SERVER_TOKENS, CoreWords.tokens())),
                directive(
                        "ServerSignature",
                        CoreWords.ALL,
                        sets(
                                SERVER_SIGNATURE,
                                Reading.oneOf(Signature.class, w -> "ServerSignature: use one of: off | on | email"))),
                directive("SetHandler", fileInfo, sets(SET_HANDLER, HandlerName.word())),
                directive("ForceType", anywhere(AllowOverride.FILE_INFO), sets(FORCE_TYPE, word())),
                directive("AddDefaultCharset", fileInfo, sets(ADD_DEFAULT_CHARSET, word())),
                directive("DefaultType", fileInfo, reads(Args.TAKE1, (line, scope) -> {
                    if (!line.words().get(0).text().equalsIgnoreCase("none")) {
                        CoreWords.warn(
                                scope,
                                line,
                                "AH00117: Ignoring deprecated use of DefaultType in line " + line.lineNumber() + " of "
                                        + line.fileName() + ".");
                    }
                })),
                directive("SetOutputFilter", fileInfo, sets(SET_OUTPUT_FILTER, filters())),
                directive("SetInputFilter", fileInfo, sets(SET_INPUT_FILTER, filters())),
                directive("Error", CoreWords.ALL, raw(ServerLines::error)));
    }

    /** Names between semicolons. */
    private static Arg<List<String>> filters() {
        return (word, line, scope) -> Stream.of(word.text().split(";"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<Directive> logs() {
        return List.of(
                directive("ErrorLog", SERVERS, reads(Args.TAKE1, ServerLines::errorLog, ERROR_LOG)),
                directive(
                        "LogLevel",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.ITERATE, ServerLines::logLevel, LOG_LEVEL)
                                .partly("inside sections it is not applied")),
                directive(
                        "ErrorLogFormat",
                        SERVERS,
                        reads(Args.TAKE12, ServerLines::errorLogFormat, ERROR_LOG_FORMAT)
                                .partly("%F and %k are empty; nothing is written once a request or a connection")));
    }

    private static List<Directive> verdicts() {
        String loop = "connections are served by event loops, not by processes";
        Places all = CoreWords.ALL;
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("AcceptFilter", SERVERS, ignored(Args.TAKE2, "the kernel's accept filters are not used")),
                directive("Mutex", MAIN_SERVER, reads(Args.RAW_ARGS, ServerLines::mutex)),
                directive("ExtendedStatus", MAIN_SERVER, sets(EXTENDED_STATUS, Reading.flag())),
                directive("SeeRequestTail", SERVERS, sets(SEE_REQUEST_TAIL, Reading.flag())),
                directive("RLimitCPU", all, ignored(Args.TAKE12, "there are no child processes to limit")),
                directive("RLimitMEM", all, ignored(Args.TAKE12, "there are no child processes to limit")),
                directive("RLimitNPROC", all, ignored(Args.TAKE12, "there are no child processes to limit")),
                directive("FlushMaxPipelined", SERVERS, ignored(Args.TAKE1, loop)),
                directive("FlushMaxThreshold", SERVERS, ignored(Args.TAKE1, loop)),
                directive("GprofDir", SERVERS, ignored(Args.TAKE1, "there is no gprof in a JVM")),
                directive("ReadBufferSize", SERVERS_AND_DIRECTORIES, ServerLines.readBufferSize()),
                directive("Port", SERVERS, ServerLines.port()),
                directive("MergeTrailers", SERVERS, reads(Args.FLAG, ServerLines::mergeTrailers)),
                directive(
                        "ContentDigest",
                        anywhere(AllowOverride.OPTIONS),
                        ignored(Args.FLAG, "Content-MD5 is obsolete")),
                directive("Protocol", SERVERS, ignored(Args.TAKE1, "the protocol follows from SSLEngine")),
                directive("RegisterHttpMethod", MAIN_SERVER, ignored(Args.ITERATE, "any method is accepted")),
                directive(
                        "RegexDefaultOptions",
                        MAIN_SERVER,
                        refused(Args.RAW_ARGS, "patterns are read with httpd's defaults")),
                directive("ScriptInterpreterSource", fileInfo, ignored(Args.TAKE1, "it is for Windows")),
                directive("CGIMapExtension", fileInfo, ignored(Args.TAKE23, "it is for NetWare")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TRANSLATE_NAME, Turn.REALLY_LAST, CoreHooks::translate)
                .at(Phase.HEADER_PARSER, Turn.REALLY_FIRST, RemoteHost::prepare)
                .at(Phase.FIXUPS, Turn.REALLY_FIRST, CoreHooks::overrideType)
                .at(Phase.INSERT_FILTER, Turn.MIDDLE, CoreHooks::insertFilters)
                .at(Phase.HANDLER, Turn.REALLY_LAST, FileHandler::answer);
    }

    @Override
    public void check(Configuration configuration) throws CannotStart {
        List<String> complaints = new ArrayList<>();
        for (Server server : configuration.newestFirst()) {
            String complaint = ServerLines.errorLogComplaint(configuration.serverRoot(), server);
            if (complaint != null) {
                complaints.add(complaint);
            }
        }
        if (!complaints.isEmpty()) {
            throw new CannotStart(String.join("\n", complaints));
        }
    }

    @Override
    public void start(Start start) {
        if (!resolved) {
            resolve(start.configuration());
        }
    }

    /** The name that the resolver has for a virtual host without ServerName; null for any other, and before {@link #resolve}. */
    public static @Nullable String resolvedName(Server host) {
        return host.gives(SERVER_NAME) ? null : NamelessHosts.name(host);
    }

    /** Looks for the names of virtual hosts that have none of their own, and blocks. Hands back httpd's messages of errors. */
    public List<String> resolve(Configuration configuration) {
        resolved = true;
        return NamelessHosts.resolve(configuration);
    }

    @Override
    public void connections(Server server, ListenerPlan plan) {
        Settings settings = server.settings();
        plan.waits(
                settings.get(TIMEOUT),
                settings.get(KEEP_ALIVE),
                settings.get(KEEP_ALIVE_TIMEOUT),
                settings.get(MAX_KEEP_ALIVE_REQUESTS));
        plan.limits(
                settings.get(LIMIT_REQUEST_LINE),
                settings.get(LIMIT_REQUEST_FIELD_SIZE),
                settings.get(LIMIT_REQUEST_FIELDS));
        List<String> protocols = settings.get(PROTOCOLS);
        plan.protocols(protocols.isEmpty() ? List.of("http/1.1") : protocols, settings.get(PROTOCOLS_HONOR_ORDER));
    }
}
