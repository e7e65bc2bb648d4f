package dev.sluice.modules.http2;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

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

    private static final String LOOP = "streams are served by event loops, not by workers";
    private static final String PUSH = "nothing is pushed: browsers no longer take it";

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
                directive("H2MaxWorkers", MAIN_SERVER, Http2Words.noted(positive, LOOP)),
                directive("H2MinWorkers", MAIN_SERVER, Http2Words.noted(positive, LOOP)),
                directive("H2MaxWorkerIdleSeconds", MAIN_SERVER, Http2Words.noted(Http2Words.idleLimit(), LOOP)),
                directive(
                        "H2StreamMaxMemSize",
                        servers,
                        Http2Words.noted(
                                Http2Words.atLeast(1024, "value must be >= 1024"),
                                "a stream never holds more than its window")),
                directive(
                        "H2SerializeHeaders",
                        servers,
                        Http2Words.noted(Reading.word(), "headers go from one codec to the other")),
                directive("H2CopyFiles", fileInfo, Http2Words.noted(onOff, "file handles are not passed on")),
                directive(
                        "H2ModernTLSOnly",
                        servers,
                        Http2Words.noted(onOff, "the suites that HTTP/2 forbids are for SSLCipherSuite to leave out")),
                directive("H2TLSWarmUpSize", servers, Http2Words.noted(Reading.word(), "records are always full")),
                directive("H2TLSCoolDownSecs", servers, Http2Words.noted(Reading.word(), "records are always full")),
                directive("H2Push", andDirectories, Http2Words.noted(onOff, PUSH)),
                directive(
                        "H2PushDiarySize",
                        servers,
                        Http2Words.noted(Http2Words.atLeast(0, "value must be >= 0"), PUSH)),
                directive("H2PushPriority", servers, reads(Args.TAKE23, Http2Words.pushPriority(PUSH))),
                directive("H2PushResource", hints, reads(Args.TAKE123, Http2Words.pushResource(PUSH))),
                directive(
                        "H2EarlyHints",
                        servers,
                        sets(EARLY_HINTS, onOff).partly("only a backend's own 103 responses are passed on")),
                directive("H2EarlyHint", hints, Directive.ignored(Args.TAKE2, "no 103 responses are made here")),
                directive("H2ProxyRequests", fileInfo, Http2Words.offOnly("there is no forward proxy")),
                directive("H2WebSockets", servers, Http2Words.offOnly("WebSockets are proxied over HTTP/1.1 alone")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Http2Variables::set);
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
                s.get(EARLY_HINTS)));
    }
}
