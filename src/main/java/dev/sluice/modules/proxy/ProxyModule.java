package dev.sluice.modules.proxy;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.opens;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.refused;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.oneOf;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.proxy.balancer.SavedBalancers;
import dev.sluice.modules.proxy.hcheck.HealthChecks;
import dev.sluice.modules.proxy.hcheck.ProxyHcheckModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.wire.http1.BadHeader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** mod_proxy: which paths go to which backend, and what the two sides see of each other. */
public final class ProxyModule implements HttpdModule {
    static final Setting<List<ProxyPass>> PASSES =
            perServer("ProxyPass", List.<ProxyPass>of(), Merge.append()).inheriting(Merge.prepend());
    static final Setting<List<WorkerLine>> WORKERS = perServer("ProxySet", List.<WorkerLine>of(), Merge.append());
    static final Setting<List<BalancerLine>> BALANCERS =
            perServer("BalancerMember", List.<BalancerLine>of(), Merge.append());
    static final Setting<Integer> BALANCER_GROWTH = perServer("BalancerGrowth", 5);
    static final Setting<Boolean> BALANCER_PERSIST = perServer("BalancerPersist", false);
    static final Setting<Boolean> BALANCER_INHERIT = perServer("BalancerInherit", true);
    static final Setting<Duration> TIMEOUT = perServer("ProxyTimeout", Duration.ZERO);
    static final Setting<ProxySettings.Via> VIA = perServer("ProxyVia", ProxySettings.Via.OFF);
    static final Setting<BadHeader> BAD_HEADER = perServer("ProxyBadHeader", BadHeader.IS_ERROR);
    static final Setting<Integer> IO_BUFFER_SIZE = perServer("ProxyIOBufferSize", 8192);
    static final Setting<Integer> RECEIVE_BUFFER_SIZE = perServer("ProxyReceiveBufferSize", 0);
    static final Setting<Integer> MAX_FORWARDS = perServer("ProxyMaxForwards", -1);
    static final Setting<Optional<InetSocketAddress>> SOURCE_ADDRESS =
            perServer("ProxySourceAddress", Optional.empty());
    static final Setting<Boolean> PASS_INHERIT = perServer("ProxyPassInherit", true);

    static final Setting<Optional<ProxyPass>> LOCATION_PASS = perDirectory("ProxyPass", Optional.empty());
    static final Setting<Boolean> PRESERVE_HOST = perDirectory("ProxyPreserveHost", false);
    static final Setting<Boolean> ADD_HEADERS = perDirectory("ProxyAddHeaders", true);
    static final Setting<Boolean> CONTINUE = perDirectory("Proxy100Continue", true);
    static final Setting<ErrorOverride> ERROR_OVERRIDE =
            perDirectory("ProxyErrorOverride", new ErrorOverride(false, Set.of()));
    static final Setting<List<ReverseMappings.Mapping>> REVERSE = mappings("ProxyPassReverse");
    static final Setting<List<ReverseMappings.Mapping>> COOKIE_PATHS = mappings("ProxyPassReverseCookiePath");
    static final Setting<List<ReverseMappings.Mapping>> COOKIE_DOMAINS = mappings("ProxyPassReverseCookieDomain");

    private static final View<LocationSettings> LOCATION = View.of(ProxyModule::location);

    /** @param codes the overridden ones; empty for all errors */
    record ErrorOverride(boolean on, Set<Integer> codes) {}

    private final Map<Server, ListenerPlan> plans = new ConcurrentHashMap<>();
    private volatile IdentityHashMap<Server, ServerProxy> proxies = new IdentityHashMap<>();
    private @Nullable ServerProxies made;
    private @Nullable Server mainServer;
    private List<String> modules = List.of();
    private final Map<Server, SavedBalancers> saved = new ConcurrentHashMap<>();
    private final Map<Server, Outcome> managers = new ConcurrentHashMap<>();

    private static Setting<List<ReverseMappings.Mapping>> mappings(String name) {
        return perDirectory(name, List.<ReverseMappings.Mapping>of(), Merge.append());
    }

    private static LocationSettings location(Settings settings) {
        ErrorOverride override = settings.get(ERROR_OVERRIDE);
        return new LocationSettings(
                settings.get(PRESERVE_HOST),
                settings.get(ADD_HEADERS),
                settings.get(CONTINUE),
                override.on(),
                override.codes(),
                new ReverseMappings(settings.get(REVERSE), settings.get(COOKIE_PATHS), settings.get(COOKIE_DOMAINS)));
    }

    @Override
    public String id() {
        return "proxy_module";
    }

    @Override
    public String file() {
        return "mod_proxy.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("<Proxy", SERVERS, opens(ProxySections::proxy)),
                directive("<ProxyMatch", SERVERS, opens(ProxySections::proxyMatch)),
                directive("ProxyRequests", SERVERS, sets(ForwardLines.REQUESTS, flag())),
                directive(
                        "ProxyRemote",
                        SERVERS,
                        reads(Args.TAKE23, ForwardLines::remote, ForwardLines.REMOTES)
                                .partly("other proxies are asked by http, for http URLs, without a password")),
                directive(
                        "ProxyRemoteMatch",
                        SERVERS,
                        reads(Args.TAKE23, ForwardLines::remoteMatch, ForwardLines.REMOTES)
                                .partly("other proxies are asked by http, for http URLs, without a password")),
                directive(
                        "ProxyPassInterpolateEnv",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.FLAG, refusedWhenOn("variables in URLs"))),
                directive("ProxyPass", SERVERS_AND_DIRECTORIES, raw(ProxyLines::pass)),
                directive("ProxyPassMatch", SERVERS_AND_DIRECTORIES, raw(ProxyLines::passMatch)),
                directive(
                        "ProxyPassReverse",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE123, ReverseLines::reverse, REVERSE)),
                directive(
                        "ProxyPassReverseCookiePath",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE23, ReverseLines::cookiePath, COOKIE_PATHS)),
                directive(
                        "ProxyPassReverseCookieDomain",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE23, ReverseLines::cookieDomain, COOKIE_DOMAINS)),
                directive(
                        "ProxyBlock",
                        SERVERS,
                        reads(Args.ITERATE, ForwardLines::block, ForwardLines.BLOCKED)
                                .partly("hosts are known by their names: the addresses of a blocked name are not")),
                directive(
                        "ProxyReceiveBufferSize",
                        SERVERS,
                        sets(RECEIVE_BUFFER_SIZE, size("ProxyReceiveBufferSize", 0))),
                directive(
                        "ProxyIOBufferSize",
                        SERVERS,
                        sets(IO_BUFFER_SIZE, size("ProxyIOBufferSize", 8192))
                                .partly("the buffers of all connections are of one size, 16 kB")),
                directive("ProxyMaxForwards", SERVERS, sets(MAX_FORWARDS, atoi())),
                directive("NoProxy", SERVERS, reads(Args.ITERATE, ForwardLines::direct, ForwardLines.DIRECT)),
                directive("ProxyDomain", SERVERS, reads(Args.TAKE1, ForwardLines::domain, ForwardLines.DOMAIN)),
                directive(
                        "ProxyVia",
                        SERVERS,
                        sets(
                                VIA,
                                oneOf(
                                        ProxySettings.Via.class,
                                        w -> "ProxyVia must be one of: off | on | full | block"))),
                directive(
                        "ProxyErrorOverride",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.ITERATE, ReverseLines::errorOverride, ERROR_OVERRIDE)),
                directive("ProxyPreserveHost", SERVERS_AND_DIRECTORIES, sets(PRESERVE_HOST, flag())),
                directive("ProxyTimeout", SERVERS, sets(TIMEOUT, timeout())),
                directive(
                        "ProxyBadHeader",
                        SERVERS,
                        sets(
                                BAD_HEADER,
                                oneOf(
                                        BadHeader.class,
                                        w -> "ProxyBadHeader must be one of: IsError | Ignore | StartBody"))),
                directive("BalancerMember", SERVERS_AND_DIRECTORIES, raw(BalancerLines::member)),
                directive("BalancerGrowth", SERVERS, sets(BALANCER_GROWTH, growth())),
                directive("BalancerPersist", SERVERS, sets(BALANCER_PERSIST, flag())),
                directive("BalancerInherit", SERVERS, sets(BALANCER_INHERIT, flag())),
                directive("ProxyPassInherit", SERVERS, sets(PASS_INHERIT, flag())),
                directive("ProxyStatus", SERVERS, ignored(Args.TAKE1, "there is no status page")),
                directive("ProxySet", SERVERS_AND_DIRECTORIES, raw(ProxyLines::set)),
                directive(
                        "ProxySourceAddress", SERVERS, reads(Args.TAKE1, ReverseLines::sourceAddress, SOURCE_ADDRESS)),
                directive("ProxyAddHeaders", SERVERS_AND_DIRECTORIES, sets(ADD_HEADERS, flag())),
                directive("Proxy100Continue", SERVERS_AND_DIRECTORIES, sets(CONTINUE, flag())));
    }

    /** Off is what there is; On would change where requests go. */
    private static Effect refusedWhenOn(String what) {
        return (line, scope) -> {
            if (line.words().get(0).text().equalsIgnoreCase("on")) {
                throw BadArgument.refusal(line.name() + " On is not supported: " + what);
            }
        };
    }

    private static Arg<Integer> atoi() {
        return (word, line, scope) -> Numbers.atoi(word.text());
    }

    /** Bytes, at least 512; 0 for {@code usual}. */
    private static Arg<Integer> size(String directive, int usual) {
        return (word, line, scope) -> {
            int size = Numbers.atoi(word.text());
            if (!WorkerParameters.Reader.isBufferSize(size)) {
                throw new BadArgument(directive + " must be >= 512 bytes, or 0 for system default.", word.span());
            }
            return size == 0 ? usual : size;
        };
    }

    private static Arg<Integer> growth() {
        return (word, line, scope) -> {
            int growth = Numbers.atoi(word.text());
            if (growth < 0 || growth > 1000) {
                throw new BadArgument("BalancerGrowth must be between 0 and 1000", word.span());
            }
            return growth;
        };
    }

    /** Seconds, or a number with a unit (set_proxy_timeout). */
    private static Arg<Duration> timeout() {
        return (word, line, scope) -> {
            Duration read = Numbers.duration(word.text(), "s");
            if (read == null || read.isZero()) {
                throw new BadArgument("Proxy Timeout must be at least 1 second.", word.span());
            }
            return read;
        };
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Hooks.Turn.FIRST, ForwardProxy::detect)
                .at(Phase.TRANSLATE_NAME, Hooks.Turn.FIRST, this::translate, "rewrite_module")
                .at(Phase.MAP_TO_STORAGE, Hooks.Turn.FIRST, ProxyModule::mapToNothing)
                .at(Phase.HANDLER, Hooks.Turn.FIRST, this::answer);
    }

    /** Proxied requests have no file. */
    private static Outcome mapToNothing(Request request) {
        return request.isProxied() ? Outcome.OK : Outcome.DECLINED;
    }

    private Outcome translate(Request request) {
        ProxyPass ofLocation = request.settings().get(LOCATION_PASS).orElse(null);
        return proxy(request.server()).translate(request, ofLocation);
    }

    private Outcome answer(Request request) {
        String handler = request.handler();
        if (handler != null && handler.startsWith("proxy:") && !request.isProxied()) {
            // SetHandler "proxy:http://b": the file's name is the path (proxy_handler).
            String file = request.filename();
            request.filename(file == null ? handler : handler + file);
        }
        return request.isProxied()
                ? proxy(request.server()).answer(request, request.settings().view(LOCATION))
                : Outcome.DECLINED;
    }

    private ServerProxy proxy(Server server) {
        ServerProxy known = proxies.get(server);
        return known == null ? proxyOf(server) : known;
    }

    private synchronized ServerProxy proxyOf(Server server) {
        ServerProxy known = proxies.get(server);
        if (known != null) {
            return known;
        }
        ServerProxies all = made;
        Server main = mainServer;
        if (all == null || main == null) {
            throw new IllegalStateException("mod_proxy: not started (expected: start before the first request)");
        }
        ServerProxy proxy = all.of(server, server.isMain() ? null : proxyOf(main));
        IdentityHashMap<Server, ServerProxy> grown = new IdentityHashMap<>(proxies);
        grown.put(server, proxy);
        proxies = grown;
        return proxy;
    }

    /** Keeps the plan: how backends are spoken to over TLS stands in it once all modules were asked. */
    @Override
    public void connections(Server server, ListenerPlan plan) {
        plans.put(server, plan);
    }

    @Override
    public void start(Start start) {
        made = new ServerProxies(start, plans);
        mainServer = start.configuration().main();
        modules = start.configuration().modules();
        start.onStop(() -> proxies.values().forEach(ServerProxy::close));
        if (start.configuration().modules().contains("proxy_balancer_module")) {
            startBalancers(start);
        }
    }

    private void restore(Start start, Server server) {
        Balancers balancers = proxy(server).balancers();
        SavedBalancers file = new SavedBalancers(
                start.runtimeFolder().resolve("balancers-" + ServerId.of(server)), start.errorLog(server));
        file.restore(
                balancers.all(),
                server.settings().get(ProxyHcheckModule.CONDITIONS).keySet(),
                balancers::add);
        saved.put(server, file);
    }

    /** Answers a request for the balancer-manager. */
    Outcome manage(Request request) {
        Server server = request.server();
        return managers.computeIfAbsent(
                server,
                each -> Outcome.answerWith(
                        new BalancerManager(each, proxy(each).balancers(), modules, saved.get(each))));
    }

    /** Balancers know their members before the first request, so that these can be checked. */
    private void startBalancers(Start start) {
        List<Server> having = start.configuration()
                .servers()
                .filter(server -> server.settings().has(BALANCERS))
                .toList();
        having.forEach(this::proxyOf);
        having.stream()
                .filter(server -> server.settings().get(BALANCER_PERSIST))
                .forEach(server -> restore(start, server));
        if (having.isEmpty() || !start.configuration().modules().contains("proxy_hcheck_module")) {
            return;
        }
        List<HealthChecks.Checked> checked = having.stream()
                .map(server -> new HealthChecks.Checked(
                        () -> proxy(server).balancers().all(),
                        server.settings().get(ProxyHcheckModule.CONDITIONS),
                        start.errorLog(server)))
                .toList();
        HealthChecks checks = new HealthChecks(
                checked, start.configuration().main().settings().get(ProxyHcheckModule.THREADS));
        start.onStop(checks::close);
    }
}
