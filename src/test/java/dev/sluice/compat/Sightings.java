package dev.sluice.compat;

import java.util.ArrayList;
import java.util.List;

/** What the backends of one server saw, in the order of the heads' arrival. */
final class Sightings {
    private final List<List<String>> requests = new ArrayList<>();

    /** A request; lines may be added while its body is read. */
    synchronized int add(String backend, String connection, List<String> head) {
        List<String> lines = new ArrayList<>();
        lines.add(backend + connection);
        lines.addAll(head);
        requests.add(lines);
        return requests.size() - 1;
    }

    synchronized void addLine(int request, String line) {
        requests.get(request).add(line);
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> request : requests) {
            lines.addAll(request);
            lines.add("");
        }
        return lines;
    }
}
