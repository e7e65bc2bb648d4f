package dev.sluice.server;

import dev.sluice.config.ConfigLoader;
import dev.sluice.module.CannotStart;
import dev.sluice.request.ErrorLog;
import dev.sluice.wire.BufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Serves a configuration on ports of the loopback address alone, beside whatever serves it for real. A connection counts as
 * one to the address that the port stands for, so that virtual hosts are found as they would be.
 */
public final class TrialServer implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int THREADS = 16;
    private static final long LAST_NANOS = 250_000_000L;

    private final XnioWorker worker;
    private final Generation generation;
    private final ConnectionStart connections;
    private final Map<InetSocketAddress, AcceptingChannel<StreamConnection>> open = new HashMap<>();

    private TrialServer(XnioWorker worker, Generation generation) {
        this.worker = worker;
        this.generation = generation;
        this.connections = new ConnectionStart(
                worker, new BufferPool(BUFFER), new PhaseRunner(() -> generation), () -> generation);
    }

    /**
     * Starts; {@code loaded} should be without lines that open logs, and {@code log} is told what error logs would be.
     *
     * @throws CannotStart where the configuration could not be served for real either
     */
    public static TrialServer start(ConfigLoader.Loaded loaded, ErrorLog log) throws CannotStart {
        XnioWorker worker = worker("trial", THREADS);
        try {
            Generation generation = Generation.start(
                    loaded, ErrorLogs.telling(log, loaded.configuration()), (phase, module, hook) -> hook);
            return new TrialServer(worker, generation);
        } catch (CannotStart e) {
            worker.shutdownNow();
            throw e;
        }
    }

    /** Threads that do not keep a process from ending. */
    static XnioWorker worker(String name, int threads) throws CannotStart {
        try {
            return Xnio.getInstance("nio")
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, 1)
                            .set(Options.WORKER_TASK_CORE_THREADS, threads)
                            .set(Options.WORKER_TASK_MAX_THREADS, threads)
                            .set(Options.WORKER_NAME, name)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
        } catch (IOException e) {
            throw new CannotStart("cannot start I/O threads: " + e.getMessage());
        }
    }

    /** The loopback address and port that stand for {@code local}. */
    public synchronized InetSocketAddress standIn(InetSocketAddress local) throws IOException {
        AcceptingChannel<StreamConnection> known = open.get(local);
        if (known == null) {
            ChannelListener<StreamConnection> start = real -> connections.started(new PresentedConnection(real, local));
            known = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ChannelListeners.openListenerAdapter(start),
                    OptionMap.create(Options.TCP_NODELAY, true));
            known.resumeAccepts();
            open.put(local, known);
        }
        return known.getLocalAddress(InetSocketAddress.class);
    }

    /** A client that has its answer may be faster than the thread that ends the request. */
    private void awaitAnswers() {
        long deadline = System.nanoTime() + LAST_NANOS;
        while (generation.isBusy() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(IoUtils::safeClose);
        awaitAnswers();
        worker.shutdownNow();
        generation.end();
    }
}
