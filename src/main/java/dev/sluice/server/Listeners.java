package dev.sluice.server;

import dev.sluice.model.Configuration;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.mpm.Listen;
import dev.sluice.modules.mpm.Mpm;
import dev.sluice.wire.BufferPool;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** The sockets that are listened on. A reload keeps those that stay, so that no connection waiting in one is lost. */
final class Listeners {
    /** Room for a TLS record's plaintext; XNIO adds its own. */
    private static final int BUFFER = 16 * 1024;

    private final XnioWorker worker;
    private final ConnectionStart connections;
    private final Map<Listen, AcceptingChannel<StreamConnection>> open = new LinkedHashMap<>();

    Listeners(XnioWorker worker, PhaseRunner root, Supplier<Generation> current) {
        this.worker = worker;
        ByteBufferPool pool = new BufferPool(BUFFER);
        this.connections = new ConnectionStart(worker, pool, root, current);
    }

    /** New sockets, bound but not accepting, and old ones that are to go; nothing has changed for clients yet. */
    final class Change {
        private final Map<Listen, AcceptingChannel<StreamConnection>> added = new LinkedHashMap<>();
        private final Set<Listen> removed = new HashSet<>();

        /** Closes the new ones; nothing changes. */
        void abandon() {
            added.values().forEach(IoUtils::safeClose);
        }

        void commit() {
            synchronized (open) {
                for (Listen gone : removed) {
                    IoUtils.safeClose(open.remove(gone));
                }
                added.forEach((listen, channel) -> {
                    open.put(listen, channel);
                    channel.resumeAccepts();
                });
            }
        }
    }

    Change prepare(Configuration configuration) throws CannotStart {
        Change change = new Change();
        Set<Listen> wanted = new HashSet<>(configuration.main().settings().get(Mpm.LISTEN));
        if (wanted.isEmpty()) {
            throw new CannotStart("no listening sockets available, shutting down");
        }
        synchronized (open) {
            for (Listen listen : open.keySet()) {
                if (!wanted.contains(listen)) {
                    change.removed.add(listen);
                }
            }
            try {
                for (Listen listen : configuration.main().settings().get(Mpm.LISTEN)) {
                    if (!open.containsKey(listen) && !change.added.containsKey(listen)) {
                        change.added.put(listen, bind(listen, configuration));
                    }
                }
            } catch (CannotStart e) {
                change.abandon();
                throw e;
            }
        }
        return change;
    }

    private AcceptingChannel<StreamConnection> bind(Listen listen, Configuration configuration) throws CannotStart {
        ChannelListener<StreamConnection> start = connections::started;
        int backlog = configuration.main().settings().get(Mpm.LISTEN_BACKLOG);
        try {
            return worker.createStreamConnectionServer(
                    address(listen),
                    ChannelListeners.openListenerAdapter(start),
                    OptionMap.builder()
                            .set(Options.BACKLOG, backlog)
                            .set(Options.REUSE_ADDRESSES, true)
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException e) {
            String host = listen.host() == null ? "[::]" : listen.host();
            throw new CannotStart(
                    reason(e) + ": AH00072: make_sock: could not bind to address " + host + ":" + listen.port());
        }
    }

    /** As APR words it. */
    private static String reason(IOException e) {
        String why = String.valueOf(e.getMessage());
        return switch (why) {
            case "Address already in use" -> "(98)" + why;
            case "Cannot assign requested address" -> "(99)" + why;
            case "Permission denied" -> "(13)" + why;
            default -> why;
        };
    }

    private static InetSocketAddress address(Listen listen) throws CannotStart {
        String host = listen.host();
        if (host == null) {
            return new InetSocketAddress(listen.port());
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), listen.port());
        } catch (UnknownHostException e) {
            throw new CannotStart("AH00077: alloc_listener: failed to set up sockaddr for " + host);
        }
    }

    List<String> addresses() {
        synchronized (open) {
            List<String> all = new ArrayList<>();
            for (AcceptingChannel<StreamConnection> channel : open.values()) {
                InetSocketAddress address = channel.getLocalAddress(InetSocketAddress.class);
                all.add(address.getAddress().getHostAddress() + ":" + address.getPort());
            }
            return all;
        }
    }

    void close() {
        synchronized (open) {
            open.values().forEach(IoUtils::safeClose);
            open.clear();
        }
    }
}
