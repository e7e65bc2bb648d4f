package dev.sluice.modules.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The addresses of one backend, resolved off the I/O thread and kept for {@code addressttl}, or until none of them can be
 * connected to. Any thread.
 */
final class BackendAddresses {
    private record Resolved(List<InetAddress> addresses, long nanos) {}

    private final String host;
    private final long ttlNanos;
    private volatile @Nullable Resolved resolved;

    BackendAddresses(String host, @Nullable Duration ttl) {
        this.host = host;
        this.ttlNanos = ttl == null ? Long.MAX_VALUE : ttl.toNanos();
    }

    /** Hands the addresses, or what went wrong, to {@code consumer} on {@code thread}; at once where they are known. */
    void resolve(
            XnioIoThread thread, BiConsumer<@Nullable List<InetAddress>, @Nullable UnknownHostException> consumer) {
        Resolved known = resolved;
        if (known != null && (ttlNanos == Long.MAX_VALUE || System.nanoTime() - known.nanos < ttlNanos)) {
            consumer.accept(known.addresses, null);
            return;
        }
        if (isLiteral()) {
            lookUp(consumer);
            return;
        }
        thread.getWorker()
                .execute(() ->
                        lookUp((addresses, failure) -> thread.execute(() -> consumer.accept(addresses, failure))));
    }

    /** Nobody answers there: the next request asks the resolver again. */
    void forget() {
        resolved = null;
    }

    private void lookUp(BiConsumer<@Nullable List<InetAddress>, @Nullable UnknownHostException> consumer) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            consumer.accept(null, e);
            return;
        }
        resolved = new Resolved(addresses, System.nanoTime());
        consumer.accept(addresses, null);
    }

    /** An address written as numbers needs no resolver. */
    private boolean isLiteral() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
