package dev.sluice.modules.metadata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The machine's load, read from the kernel at most once a second. */
final class LoadAverage {
    private static final Path KERNEL = Path.of("/proc/loadavg");
    private static final long KEPT = TimeUnit.SECONDS.toNanos(1);

    private static volatile Reading last = new Reading(System.nanoTime() - KEPT, "");

    private LoadAverage() {}

    private record Reading(long at, String text) {}

    /** {@code l=} and the averages over one, five and fifteen minutes, parted by slashes. */
    static String text() {
        Reading known = last;
        long now = System.nanoTime();
        if (now - known.at() >= KEPT) {
            known = new Reading(now, read());
            last = known;
        }
        return known.text();
    }

    private static String read() {
        try {
            String[] words = Files.readString(KERNEL, StandardCharsets.US_ASCII).split(" ", 4);
            return "l=" + words[0] + "/" + words[1] + "/" + words[2];
        } catch (IOException e) {
            return "l=0.00/0.00/0.00";
        }
    }
}
