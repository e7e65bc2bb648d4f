package dev.sluice.modules.generators.status;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests of this process: those under way, and sums of those answered. Survives reloads, as httpd's survives graceful
 * restarts. There are as many slots as requests were ever under way at once.
 */
public final class Scoreboard {
    public static final Scoreboard OF_PROCESS = new Scoreboard();

    private static final AttachmentKey<Slot> KEY = AttachmentKey.create(Slot.class);

    private final long startMillis = System.currentTimeMillis();
    private final List<Slot> slots = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Slot> free = new ConcurrentLinkedQueue<>();
    private final LongAdder accesses = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicInteger generation = new AtomicInteger();

    private Scoreboard() {}

    /** A configuration begins to serve. */
    public void configured() {
        generation.incrementAndGet();
    }

    int generation() {
        return generation.get();
    }

    /** A client's own request begins. */
    public void begin(Request request) {
        HttpServerExchange exchange = request.exchange();
        if (exchange.getAttachment(KEY) != null) {
            return;
        }
        Slot slot = free.poll();
        if (slot == null) {
            slot = added();
        }
        slot.begin(request);
        exchange.putAttachment(KEY, slot);
    }

    private synchronized Slot added() {
        Slot slot = new Slot(slots.size());
        slots.add(slot);
        return slot;
    }

    /** The last byte of its answer went out, or the client is gone. */
    public void end(Request request) {
        long sent = Math.max(0, request.exchange().getResponseBytesSent());
        long took = System.nanoTime() - request.startNanos();
        accesses.increment();
        bytes.add(sent);
        nanos.add(took);
        Slot slot = request.exchange().removeAttachment(KEY);
        if (slot != null) {
            slot.end(sent, took);
            free.add(slot);
        }
    }

    List<Slot> slots() {
        return new ArrayList<>(slots);
    }

    int busy() {
        int busy = 0;
        for (Slot slot : slots) {
            busy += slot.isBusy() ? 1 : 0;
        }
        return busy;
    }

    long startMillis() {
        return startMillis;
    }

    long accesses() {
        return accesses.sum();
    }

    /** Of bodies alone. */
    long bytes() {
        return bytes.sum();
    }

    long millis() {
        return nanos.sum() / 1_000_000;
    }
}
