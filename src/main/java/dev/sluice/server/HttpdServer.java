package dev.sluice.server;

import dev.sluice.config.ConfigLoader;
import dev.sluice.module.CannotStart;
import dev.sluice.request.ErrorLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * A running server: one set of I/O threads, its listeners, and the {@link Generation} that answers.
 *
 * <p>{@link #reload} puts the next generation in place of this one, or throws and leaves everything as it was.
 */
public final class HttpdServer implements AutoCloseable {
    /** A client may know its answer before the line about it is in the access log: what a stop leaves for that. */
    private static final Duration LAST_LINES = Duration.ofMillis(250);

    private static final int LEAST_IO_THREADS = 2;
    private static final int WORKER_THREADS = 64;

    private final XnioWorker worker;
    private final Listeners listeners;
    private volatile Generation generation;

    private HttpdServer(XnioWorker worker, Generation generation) {
        this.worker = worker;
        this.generation = generation;
        this.listeners = new Listeners(worker, new PhaseRunner(() -> this.generation), () -> this.generation);
    }

    /** What is done when the sockets are bound and the logs are open, before the first connection is accepted. */
    public interface Bound {
        void run(HttpdServer server) throws CannotStart;
    }

    /**
     * Listens and serves.
     *
     * @param loaded a configuration without errors, and the modules that it was read with
     * @throws CannotStart with httpd's message: a log that cannot be opened, a port in use, a key that does not fit
     */
    public static HttpdServer start(ConfigLoader.Loaded loaded) throws CannotStart {
        return start(loaded, server -> {});
    }

    /** The same; {@code bound} may give up rights that only binding and opening needs. Where it throws, all is closed. */
    public static HttpdServer start(ConfigLoader.Loaded loaded, Bound bound) throws CannotStart {
        Generation generation = Generation.start(loaded);
        HttpdServer server = new HttpdServer(worker(), generation);
        try {
            Listeners.Change change = server.listeners.prepare(loaded.configuration());
            bindThen(change, server, bound);
        } catch (CannotStart e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static void bindThen(Listeners.Change change, HttpdServer server, Bound bound) throws CannotStart {
        try {
            bound.run(server);
        } catch (CannotStart e) {
            change.abandon();
            throw e;
        }
        change.commit();
    }

    private static XnioWorker worker() throws CannotStart {
        try {
            return Xnio.getInstance("nio")
                    .createWorker(OptionMap.builder()
                            .set(
                                    Options.WORKER_IO_THREADS,
                                    Math.max(
                                            LEAST_IO_THREADS,
                                            Runtime.getRuntime().availableProcessors()))
                            .set(Options.WORKER_TASK_CORE_THREADS, WORKER_THREADS)
                            .set(Options.WORKER_TASK_MAX_THREADS, WORKER_THREADS)
                            .set(Options.WORKER_NAME, "httpd")
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException e) {
            throw new CannotStart("cannot start I/O threads: " + e.getMessage());
        }
    }

    /**
     * Serves another configuration from now on. Requests under way are answered by the configuration they began with.
     *
     * @throws CannotStart when the new one cannot be served; the old one then serves on
     */
    public synchronized void reload(ConfigLoader.Loaded loaded) throws CannotStart {
        Generation next = Generation.start(loaded);
        Listeners.Change change;
        try {
            change = listeners.prepare(loaded.configuration());
        } catch (CannotStart e) {
            next.retire();
            throw e;
        }
        Generation old = generation;
        generation = next;
        change.commit();
        old.retire();
    }

    /** The error log of the main server, as the configuration that now serves has it. */
    public ErrorLog errorLog() {
        return generation.errorLog(generation.configuration().main());
    }

    /** The addresses that are listened on: {@code 0.0.0.0:80}. */
    public List<String> addresses() {
        return listeners.addresses();
    }

    /**
     * Stops listening, lets requests under way end, then closes.
     *
     * @param limit how long to wait for them; zero waits for as long as they take
     */
    public void stopGracefully(Duration limit) throws InterruptedException {
        listeners.close();
        awaitAnswers(limit);
        close();
    }

    /** Waits until no request is under way, at most that long; zero is for ever. */
    private void awaitAnswers(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (generation.isBusy() && (limit.isZero() || System.nanoTime() < deadline)) {
            Thread.sleep(5);
        }
    }

    /** Stops: requests that are still under way a quarter of a second later are cut off. */
    @Override
    public synchronized void close() {
        if (worker.isShutdown()) {
            return;
        }
        listeners.close();
        try {
            awaitAnswers(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.shutdownNow();
        // Not retire(): connections end with the worker, whose threads take no more tasks.
        generation.end();
    }
}
