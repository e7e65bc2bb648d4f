package dev.sluice.modules.http2;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Merge.append;
import static dev.sluice.model.Merge.overlay;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;
import static java.lang.Integer.MIN_VALUE;

import dev.sluice.connection.Http2Plan;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** mod_http2: HTTP/2 to clients. */
public final class Http2Module implements HttpdModule {
    /** Unset is on for clear text, off for TLS. */
    static final Setting<Optional<Boolean>> DIRECT = perServer("H2Direct", Optional.empty());

    static final Setting<Optional<Boolean>> UPGRADE = perServer("H2Upgrade", Optional.empty());
    static final Setting<Integer> MAX_SESSION_STREAMS = perServer("H2MaxSessionStreams", 100);

    /** Bytes. */
    static final Setting<Integer> WINDOW_SIZE = perServer("H2WindowSize", 65535);

    static final Setting<Integer> MAX_DATA_FRAME_LEN = perServer("H2MaxDataFrameLen", 0);
    static final Setting<Integer> PADDING = perServer("H2Padding", 0);
    static final Setting<Integer> MAX_STREAM_ERRORS = perServer("H2MaxStreamErrors", 8);
    static final Setting<Integer> MAX_HEADER_BLOCK_LEN = perServer("H2MaxHeaderBlockLen", 0);
    static final Setting<Boolean> EARLY_HINTS = perServer("H2EarlyHints", false);
    static final Setting<Boolean> OUTPUT_BUFFERING = perServer("H2OutputBuffering", true);
    static final Setting<Optional<Duration>> STREAM_TIMEOUT = perServer("H2StreamTimeout", Optional.empty());

    static final Setting<Boolean> PUSH = perServer("H2Push", true);
    static final Setting<Boolean> PUSH_HERE = perDirectory("H2Push", true);
    static final Setting<Integer> PUSH_DIARY_SIZE = perServer("H2PushDiarySize", 256);
    static final Setting<Map<String, PushPriority>> PUSH_PRIORITY = perServer("H2PushPriority", Map.of(), overlay());
    static final Setting<List<PushedResource>> PUSH_RESOURCES = perServer("H2PushResource", List.of(), append());
    static final Setting<List<PushedResource>> PUSH_RESOURCES_HERE =
            perDirectory("H2PushResource", List.of(), append());
    static final Setting<List<EarlyHint>> HINTS = perServer("H2EarlyHint", List.of(), append());
    static final Setting<List<EarlyHint>> HINTS_HERE = perDirectory("H2EarlyHint", List.of(), append());

    /** Bytes. */
    static final Setting<Integer> STREAM_MAX_MEM_SIZE = perServer("H2StreamMaxMemSize", 65536);

    /** Bytes; 0 or less is none. */
    static final Setting<Long> TLS_WARM_UP_SIZE = perServer("H2TLSWarmUpSize", 1L << 20);

    /** Seconds; 0 or less is never. */
    static final Setting<Integer> TLS_COOL_DOWN_SECS = perServer("H2TLSCoolDownSecs", 1);

    static final Setting<Boolean> MODERN_TLS_ONLY = perServer("H2ModernTLSOnly", true);
    static final Setting<Boolean> WEB_SOCKETS = perServer("H2WebSockets", false);

    private static final String LOOP = "streams are served by event loops, not by workers";

    @Override
    public String id() {
        return "http2_module";
    }

    @Override
    public String file() {
        return "mod_http2.c";
    }

    @Override
    public List<Directive> directives() {
        Arg<Boolean> onOff = Http2Words.onOff();
        Arg<Integer> positive = Http2Words.atLeast(1, "value must be > 0");
        Arg<Integer> any = Http2Words.atLeast(0, "value must be 0 or larger");
        Places servers = SERVERS;
        Places andDirectories = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
        Places fileInfo = Places.anywhere(AllowOverride.FILE_INFO);
        Places hints = Places.anywhere(AllowOverride.FILE_INFO, AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("H2Direct", servers, sets(DIRECT, Http2Words.maybe(onOff))),
                directive("H2Upgrade", andDirectories, reads(Args.TAKE1, Http2Words::upgrade, UPGRADE)),
                directive("H2MaxSessionStreams", servers, sets(MAX_SESSION_STREAMS, positive)),
                directive(
                        "H2WindowSize", servers, sets(WINDOW_SIZE, Http2Words.atLeast(1024, "value must be >= 1024"))),
                directive("H2MaxDataFrameLen", servers, sets(MAX_DATA_FRAME_LEN, any)),
                directive("H2Padding", servers, sets(PADDING, Http2Words.paddingBits())),
                directive("H2MaxStreamErrors", servers, sets(MAX_STREAM_ERRORS, any)),
                directive("H2MaxHeaderBlockLen", servers, sets(MAX_HEADER_BLOCK_LEN, any)),
                directive("H2OutputBuffering", servers, sets(OUTPUT_BUFFERING, onOff)),
                directive("H2StreamTimeout", servers, sets(STREAM_TIMEOUT, Http2Words.timeout())),
                directive("H2MaxWorkers", servers, Http2Words.noted(positive, LOOP)),
                directive("H2MinWorkers", servers, Http2Words.noted(positive, LOOP)),
                directive("H2MaxWorkerIdleSeconds", servers, Http2Words.noted(Http2Words.idleLimit(), LOOP)),
                directive(
                        "H2StreamMaxMemSize",
                        servers,
                        sets(STREAM_MAX_MEM_SIZE, Http2Words.atLeast(1024, "value must be >= 1024"))),
                directive(
                        "H2SerializeHeaders",
                        servers,
                        Http2Words.noted(Reading.word(), "headers go from one codec to the other")),
                directive("H2CopyFiles", fileInfo, Http2Words.noted(onOff, "file handles are not passed on")),
                directive("H2ModernTLSOnly", servers, sets(MODERN_TLS_ONLY, onOff)),
                directive("H2TLSWarmUpSize", servers, sets(TLS_WARM_UP_SIZE, Http2Words.number())),
                directive(
                        "H2TLSCoolDownSecs", servers, sets(TLS_COOL_DOWN_SECS, Http2Words.atLeast(MIN_VALUE, "none"))),
                directive("H2Push", andDirectories, reads(Args.TAKE1, Http2Words::push, PUSH, PUSH_HERE)),
                directive("H2PushDiarySize", servers, sets(PUSH_DIARY_SIZE, Http2Words.powerOfTwo())),
                directive("H2SessionExtraFiles", servers, Http2Words.noted(Reading.word(), "httpd ignores it as well")),
                directive("H2PushPriority", servers, reads(Args.TAKE23, PushPriority::read, PUSH_PRIORITY)),
                directive(
                        "H2PushResource",
                        hints,
                        reads(Args.TAKE123, PushedResource::read, PUSH_RESOURCES, PUSH_RESOURCES_HERE)),
                directive("H2EarlyHints", servers, sets(EARLY_HINTS, onOff)),
                directive("H2EarlyHint", hints, reads(Args.TAKE2, EarlyHint::read, HINTS, HINTS_HERE)),
                directive("H2ProxyRequests", fileInfo, Http2Words.offOnly("there is no forward proxy")),
                directive("H2WebSockets", servers, sets(WEB_SOCKETS, onOff)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Http2Variables::set)
                .at(Phase.FIXUPS, Hooks.Turn.REALLY_LAST, EarlyHints::announce)
                .at(Phase.RESPONSE_HEAD, Hooks.Turn.LAST, Pushes::ofResponse, "headers_module");
    }

    @Override
    public void connections(Server server, ListenerPlan plan) {
        Settings s = server.settings();
        boolean clear = plan.tls() == null;
        plan.http2(new Http2Plan(
                s.get(DIRECT).orElse(clear),
                s.get(UPGRADE).orElse(clear),
                s.get(MAX_SESSION_STREAMS),
                s.get(WINDOW_SIZE),
                s.get(MAX_DATA_FRAME_LEN),
                s.get(PADDING),
                s.get(MAX_STREAM_ERRORS),
                s.get(MAX_HEADER_BLOCK_LEN),
                s.get(OUTPUT_BUFFERING),
                s.get(STREAM_TIMEOUT).orElse(null),
                s.get(EARLY_HINTS),
                s.get(PUSH),
                s.get(PUSH_DIARY_SIZE),
                s.get(STREAM_MAX_MEM_SIZE),
                Math.max(0, s.get(TLS_WARM_UP_SIZE)),
                Duration.ofSeconds(Math.max(0, s.get(TLS_COOL_DOWN_SECS))),
                s.get(MODERN_TLS_ONLY),
                s.get(WEB_SOCKETS)));
    }
}
