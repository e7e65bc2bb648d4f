package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.model.Configuration;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.mpm.Mpm;
import dev.sluice.request.Level;
import dev.sluice.server.HttpdServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that serves until it is told to stop. Signals become events that the first thread takes one by one; reloads and
 * graceful stops have threads of their own, so that TERM stops the server whatever else is going on.
 */
final class ServerProcess {
    private enum Event {
        STOP,
        STOP_GRACEFULLY,
        RELOAD,
        RESTART,
        STOPPED
    }

    private final CommandLine line;
    private final SyntaxCheck check;
    private final PidFile pidFile;
    private final Console console;
    private final Privileges privileges;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ExecutorService reloads = Executors.newSingleThreadExecutor(task -> daemon(task, "reload"));
    private volatile Configuration serving;

    ServerProcess(CommandLine line, SyntaxCheck check, PidFile pidFile, Console console, Configuration configuration) {
        this.line = line;
        this.check = check;
        this.pidFile = pidFile;
        this.console = console;
        this.serving = configuration;
        this.privileges = Privileges.ofThisProcess();
    }

    /** Serves; answers the exit code when it has stopped. {@code listening} takes the addresses once it listens. */
    int serve(ConfigLoader.Loaded loaded, Consumer<List<String>> listening) {
        LibraryLogs.begin();
        takeSignals();
        HttpdServer server;
        try {
            server = HttpdServer.start(loaded, this::settle);
        } catch (CannotStart e) {
            if (!e.isTold()) {
                complain(Objects.requireNonNull(e.getMessage()));
            }
            return 1;
        }
        tellHostName(server);
        LibraryLogs.to(server::errorLog);
        tellStarted(server);
        listening.accept(server.addresses());
        if (Program.isToDetach()) {
            console.detach();
        }
        try {
            handleEvents(server);
            return 0;
        } catch (InterruptedException e) {
            return 1;
        } finally {
            removePidFile(server);
            server.close();
        }
    }

    /** What the terminal was told when the configuration was read, for those who read the log alone. */
    private void tellHostName(HttpdServer server) {
        if (serving.main().settings().get(CoreModule.SERVER_NAME).isEmpty()) {
            HostName.complain(server.errorLog()::startup);
        }
    }

    private void complain(String message) {
        console.startup(message);
        boolean unbound = message.contains("AH00072");
        if (unbound) {
            console.startup("no listening sockets available, shutting down");
        }
        if (unbound || message.contains("AH00091") || message.startsWith("no listening")) {
            console.startup("AH00015: Unable to open logs");
        } else if (!message.startsWith("AH00100")) {
            console.startup("AH00016: Configuration Failed");
        }
    }

    /** Writes the PID file and gives root's rights away. */
    private void settle(HttpdServer server) throws CannotStart {
        try {
            OptionalLong before = pidFile.read();
            if (before.isPresent()
                    && before.getAsLong() != ProcessHandle.current().pid()) {
                log(
                        server,
                        Level.WARN,
                        "core",
                        "AH00098: pid file " + pidFile + " overwritten -- Unclean shutdown of previous Apache run?");
            }
            pidFile.write();
        } catch (IOException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
            log(server, Level.ERROR, "core", message);
            String consequence = "AH00100: " + Program.name() + ": could not log pid to file " + pidFile;
            log(server, Level.ERROR, "core", consequence);
            throw CannotStart.told(consequence);
        }
        try {
            privileges.drop(serving);
        } catch (CannotStart e) {
            removePidFile(server);
            throw e;
        }
    }

    private void removePidFile(HttpdServer server) {
        try {
            privileges.raise();
            pidFile.remove();
        } catch (IOException | CannotStart e) {
            log(server, Level.WARN, "core", "PID file " + pidFile + ": " + e.getMessage());
        }
    }

    private static void log(HttpdServer server, Level level, String module, String message) {
        server.errorLog().log(level, module, message);
    }

    private void tellStarted(HttpdServer server) {
        MpmNotices notices = MpmNotices.of(serving);
        String configured = notices.configured() + Product.tokens(CoreModule.Tokens.FULL)
                + " configured -- resuming normal operations";
        log(server, Level.NOTICE, notices.module(), configured);
        StringBuilder command = new StringBuilder(Program.path());
        line.words().forEach(word -> command.append(' ').append(word));
        log(server, Level.NOTICE, "core", "AH00094: Command line: '" + command + "'");
    }

    private void takeSignals() {
        Signals.take("TERM", () -> events.add(Event.STOP));
        Signals.take("INT", () -> events.add(Event.STOP));
        Signals.take("WINCH", () -> events.add(Event.STOP_GRACEFULLY));
        Signals.take("USR1", () -> events.add(Event.RELOAD));
        Signals.take("HUP", () -> events.add(Event.RESTART));
    }

    private void handleEvents(HttpdServer server) throws InterruptedException {
        while (true) {
            MpmNotices notices = MpmNotices.of(serving);
            switch (events.take()) {
                case STOP -> {
                    log(server, Level.NOTICE, notices.module(), notices.stopping());
                    return;
                }
                case STOP_GRACEFULLY -> {
                    log(server, Level.NOTICE, notices.module(), notices.stoppingGracefully());
                    daemon(() -> stopGracefully(server), "graceful stop").start();
                }
                case RELOAD -> {
                    log(server, Level.NOTICE, notices.module(), notices.reloading());
                    reloads.execute(() -> reload(server));
                }
                case RESTART -> {
                    log(server, Level.NOTICE, notices.module(), notices.restarting());
                    reloads.execute(() -> reload(server));
                }
                case STOPPED -> {
                    return;
                }
            }
        }
    }

    private void stopGracefully(HttpdServer server) {
        Duration limit = serving.main().settings().get(Mpm.GRACEFUL_SHUTDOWN_TIMEOUT);
        try {
            server.stopGracefully(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.add(Event.STOPPED);
    }

    /** Reads the configuration anew and serves it; what is wrong with it is told to the log of the one that goes on. */
    private void reload(HttpdServer server) {
        Report report = new ToErrorLog(server.errorLog());
        try {
            privileges.raise();
            ConfigLoader.Loaded loaded = check.run(report);
            if (loaded == null) {
                goesOn(report, null);
                return;
            }
            server.reload(loaded);
            serving = loaded.configuration();
            tellStarted(server);
        } catch (CannotStart e) {
            goesOn(report, e.isTold() ? null : e.getMessage());
        } finally {
            dropAgain(server);
        }
    }

    private static void goesOn(Report report, @Nullable String why) {
        if (why != null) {
            report.startup(why);
        }
        report.startup("the configuration that was served before goes on being served");
    }

    private void dropAgain(HttpdServer server) {
        try {
            privileges.drop(serving);
        } catch (CannotStart e) {
            log(server, Level.EMERG, "unixd", Objects.requireNonNull(e.getMessage()));
            events.add(Event.STOP);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
