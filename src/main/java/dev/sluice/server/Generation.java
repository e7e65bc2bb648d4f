package dev.sluice.server;

import dev.sluice.config.ConfigLoader;
import dev.sluice.connection.ListenerPlan;
import dev.sluice.expression.Regex;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.AccessFiles;
import dev.sluice.modules.core.DirectoryWalk;
import dev.sluice.modules.core.LocationWalk;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Filters;
import dev.sluice.request.Hook;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Phase;
import io.undertow.util.AttachmentKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One configuration while it serves. A reload makes the next one; each request keeps the one it began with, and what a
 * generation opened is closed when its last request is answered.
 */
final class Generation implements Start {
    static final AttachmentKey<Generation> KEY = AttachmentKey.create(Generation.class);

    private final Configuration configuration;
    private final Path runtimeFolder;
    private final VirtualHostRouter router;
    private final ErrorLogs errorLogs;
    private final Banner banner;
    private final Map<Phase, Hook[]> hooks = new EnumMap<>(Phase.class);
    private final Filters filters = new Filters();
    private final Map<Server, ListenerPlan> plans = new HashMap<>();
    private final Map<Server, Codecs> codecs = new ConcurrentHashMap<>();
    private final Map<Server, LocationWalk> locations = new HashMap<>();
    private final Map<Server, DirectoryWalk> directories = new HashMap<>();
    private final List<Runnable> onStop = new ArrayList<>();

    /** Requests under way, and one for the generation itself until it is retired. */
    private final AtomicInteger users = new AtomicInteger(1);

    private final AtomicBoolean gone = new AtomicBoolean();

    private Generation(Configuration configuration, ErrorLogs errorLogs, @Nullable String runtimeFolder) {
        this.configuration = configuration;
        this.runtimeFolder = configuration.serverRoot().resolve(runtimeFolder == null ? "logs" : runtimeFolder);
        this.errorLogs = errorLogs;
        this.router = new VirtualHostRouter(configuration, (server, name) -> errorLogs
                .of(configuration.main())
                .log(
                        Level.WARN,
                        "core",
                        "could not resolve host name " + name + ": " + server + " is not found by that address"));
        this.banner = new Banner(configuration);
    }

    /** Opens logs and whatever the modules need; closes it all again where one of them cannot. */
    static Generation start(ConfigLoader.Loaded loaded) throws CannotStart {
        return start(loaded, ErrorLogs.open(loaded.configuration()), (phase, module, hook) -> hook);
    }

    /** What a hook becomes before it serves. */
    interface Watch {
        Hook on(Phase phase, String module, Hook hook);
    }

    /** The same with other logs, and with each hook as {@code watch} makes it. */
    static Generation start(ConfigLoader.Loaded loaded, ErrorLogs logs, Watch watch) throws CannotStart {
        Configuration configuration = loaded.configuration();
        List<HttpdModule> modules = loaded.modules();
        Generation generation =
                new Generation(configuration, logs, loaded.read().runtimeFolder());
        generation.onStop.add(logs::close);
        ErrorLog main = logs.of(configuration.main());
        Regex.reportTo(message -> main.log(Level.ERROR, "core", message));
        Hooks all = new Hooks();
        try {
            for (HttpdModule module : modules) {
                generation.start(module);
                module.hooks(all.of(module.id()));
                module.filters(generation.filters);
            }
            generation.plan(modules, new HtaccessFiles(loaded.accessFiles()));
        } catch (CannotStart e) {
            generation.retire();
            throw e;
        }
        for (Phase phase : Phase.values()) {
            Hook[] inOrder = all.inOrder(phase);
            List<String> names = all.modules(phase);
            for (int i = 0; i < inOrder.length; i++) {
                inOrder[i] = watch.on(phase, names.get(i), inOrder[i]);
            }
            generation.hooks.put(phase, inOrder);
        }
        return generation;
    }

    /** Once the logs are open, they and not the terminal are told what goes wrong, as stderr is the log by then. */
    private void start(HttpdModule module) throws CannotStart {
        try {
            module.start(this);
        } catch (CannotStart e) {
            String message = String.valueOf(e.getMessage());
            ErrorLog log = errorLog(configuration.main());
            if (!e.isTold()) {
                log.log(Level.EMERG, module.shortName(), message);
            }
            boolean opening = module.shortName().equals("log_config");
            log.startup(opening ? "AH00015: Unable to open logs" : "AH00016: Configuration Failed");
            throw CannotStart.told(message);
        }
    }

    private void plan(List<HttpdModule> modules, AccessFiles accessFiles) throws CannotStart {
        for (Server server : configuration.servers().toList()) {
            ListenerPlan plan = new ListenerPlan();
            for (HttpdModule module : modules) {
                module.connections(server, plan);
            }
            plans.put(server, plan);
            locations.put(server, LocationWalk.of(server));
            directories.put(server, DirectoryWalk.of(server, accessFiles));
        }
    }

    LocationWalk locations(Server server) {
        return Objects.requireNonNull(locations.get(server));
    }

    DirectoryWalk directories(Server server) {
        return Objects.requireNonNull(directories.get(server));
    }

    /** How the connections of {@code server} are spoken. */
    ListenerPlan plan(Server server) {
        return Objects.requireNonNull(plans.get(server));
    }

    /** The codecs of {@code server}'s connections, made when the first one comes. */
    Codecs codecs(Server server, BiFunction<Server, ListenerPlan, Codecs> make) {
        Codecs known = codecs.get(server);
        return known != null ? known : codecs.computeIfAbsent(server, s -> make.apply(s, plan(s)));
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    Filters filters() {
        return filters;
    }

    VirtualHostRouter router() {
        return router;
    }

    Banner banner() {
        return banner;
    }

    @Override
    public Path runtimeFolder() {
        return runtimeFolder;
    }

    @Override
    public ErrorLog errorLog(Server server) {
        return errorLogs.of(server);
    }

    @Override
    public void onStop(Runnable action) {
        onStop.add(action);
    }

    /** In the order in which they run; never changed after the start. */
    Hook[] hooks(Phase phase) {
        return Objects.requireNonNull(hooks.get(phase));
    }

    /** Takes part in a request; false for a generation that has let go of everything already. */
    boolean enter() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            letGo();
        }
    }

    /** Lets go of what was opened, logs that have lines to write among it, though requests that were cut off never leave. */
    void end() {
        leave();
        letGo();
    }

    private void letGo() {
        if (!gone.compareAndSet(false, true)) {
            return;
        }
        for (int i = onStop.size() - 1; i >= 0; i--) {
            onStop.get(i).run();
        }
    }

    /** True while requests that began with this generation are not answered. */
    boolean isBusy() {
        return users.get() > 1;
    }

    /** Lets go of what was opened once the last request is answered. */
    void retire() {
        codecs.values().forEach(Codecs::retire);
        leave();
    }
}
