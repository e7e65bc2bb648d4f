package dev.sluice.modules.proxy.balancer;

import dev.sluice.directive.Reading;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What backends say of the room they have, and the choice among members by it: at random, as often as each has free workers
 * (mod_lbmethod_heartbeat). The file of mod_heartmonitor is looked at once a second by a thread of its own.
 */
public final class Heartbeats implements LbMethod, AutoCloseable {
    /** A backend that was silent for longer than this, in seconds, is not asked. */
    private static final int SILENT = 10;

    private static final long PERIOD_MILLIS = 1000;

    /** @param seen seconds since it was last heard of */
    record Server(int ready, int busy, int seen) {}

    private final Path file;
    private final ErrorLog log;
    private final Thread reader;
    private volatile Map<String, Server> servers;

    public Heartbeats(Path file, ErrorLog log) {
        this.file = file;
        this.log = log;
        this.servers = read();
        this.reader = new Thread(this::readAgainAndAgain, "heartbeats");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                servers = read();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Server> read() {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            log.log(
                    Level.ERROR,
                    "lbmethod_heartbeat",
                    "AH01213: lb_heartbeat: Unable to read heartbeats at '" + file + "'");
            return Map.of();
        }
    }

    /** Lines of an address, a space and {@code &name=value} pairs. */
    static Map<String, Server> parse(String text) {
        Map<String, Server> found = new HashMap<>();
        for (String line : text.split("\n")) {
            int space = line.indexOf(' ');
            if (space <= 0 || line.startsWith("#")) {
                continue;
            }
            int busy = 0;
            int ready = 0;
            int seen = 0;
            for (String pair : line.substring(space + 1).split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                int value = equals < 0 ? 0 : Reading.atoi(pair.substring(equals + 1));
                switch (name.trim()) {
                    case "ready" -> ready = value;
                    case "busy" -> busy = value;
                    case "lastseen" -> seen = value;
                    default -> {}
                }
            }
            // One that has just started is not flooded.
            found.put(line.substring(0, space), new Server(busy == 0 ? ready / 4 : ready, busy, seen));
        }
        return found;
    }

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public @Nullable Member choose(List<Member> members) {
        Map<String, Server> known = servers;
        List<Member> up = new ArrayList<>(members.size());
        int slots = 0;
        for (Member member : members) {
            Server server = known.get(member.worker().host());
            boolean usable =
                    server != null && (member.isUsable() || (member.state().retry() && member.isUsable()));
            if (server != null && usable && server.seen < SILENT) {
                slots += server.ready;
                up.add(member);
            }
        }
        int pick = slots > 0 ? ThreadLocalRandom.current().nextInt(slots) : -1;
        for (Member member : up) {
            Server server = known.get(member.worker().host());
            pick -= server == null ? 0 : server.ready;
            if (slots > 0 && pick < 0) {
                return member;
            }
        }
        return null;
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
