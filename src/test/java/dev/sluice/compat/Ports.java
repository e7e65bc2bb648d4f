package dev.sluice.compat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Free loopback ports of five digits, below those the kernel gives to outgoing connections. */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + (FIRST + COUNT));
    }

    /** A socket that listens already: what is only found free may be taken by the time it is used. */
    static ServerSocket listen(ServerSocketFactory sockets, int queue) throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try {
                return sockets.createServerSocket(free(), queue, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                Thread.onSpinWait();
            }
        }
        throw new BindException("no port to listen on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
