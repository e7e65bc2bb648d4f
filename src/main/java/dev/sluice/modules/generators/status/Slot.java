package dev.sluice.modules.generators.status;

import dev.sluice.model.Server;
import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A place for one request at a time. Strings are made when somebody looks, but for what the request takes along. */
final class Slot {
    private static final int SHOWN = 63;

    private final int index;
    private volatile boolean busy;
    private volatile long beganNanos = System.nanoTime();
    private volatile @Nullable InetSocketAddress client;
    private volatile @Nullable Server server;
    private volatile int port;
    private volatile String method = "";
    private volatile String target = "";
    private volatile String version = "";
    private volatile long accesses;
    private volatile long bytes;
    private volatile long lastBytes;
    private volatile long nanos;
    private volatile long lastNanos;

    Slot(int index) {
        this.index = index;
    }

    void begin(Request request) {
        beganNanos = request.startNanos();
        client = request.exchange().getSourceAddress();
        server = request.server();
        port = SelfReference.port(request);
        method = request.method();
        target = request.unparsedUri();
        version = request.exchange().getProtocol().toString();
        busy = true;
    }

    void end(long sent, long took) {
        accesses++;
        bytes += sent;
        lastBytes = sent;
        nanos += took;
        lastNanos = took;
        busy = false;
    }

    int index() {
        return index;
    }

    boolean isBusy() {
        return busy;
    }

    String client() {
        InetSocketAddress address = client;
        return address == null ? "" : IpText.of(address);
    }

    String protocol() {
        return version.startsWith("HTTP/2") ? "h2" : "http/1.1";
    }

    /** The virtual host's name and port. */
    String host() {
        Server of = server;
        return of == null ? "" : SelfReference.configuredName(of) + ":" + port;
    }

    /** The request line; of one that is longer than 63 chars its end or its beginning. */
    String line(boolean tail) {
        String line = method + " " + target + " " + version;
        return line.length() <= SHOWN ? line : tail ? line.substring(line.length() - SHOWN) : line.substring(0, SHOWN);
    }

    long accesses() {
        return accesses;
    }

    long bytes() {
        return bytes;
    }

    long lastBytes() {
        return lastBytes;
    }

    long millis() {
        return nanos / 1_000_000;
    }

    long lastMillis() {
        return lastNanos / 1_000_000;
    }

    long secondsSinceBegin() {
        return (System.nanoTime() - beganNanos) / 1_000_000_000;
    }
}
