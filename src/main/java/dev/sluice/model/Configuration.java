package dev.sluice.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A whole configuration after reading and merging.
 *
 * @param file the main file as it was named on the command line
 * @param hosts the virtual hosts in the order of reading
 * @param defines names given by {@code -D} and {@code Define}
 * @param modules ids of the loaded modules, in the order of loading
 */
public record Configuration(
        Path serverRoot, String file, Server main, List<Server> hosts, Set<String> defines, List<String> modules) {
    /** The main server, then the virtual hosts. */
    public Stream<Server> servers() {
        return Stream.concat(Stream.of(main), hosts.stream());
    }

    /** The main server, then the virtual hosts, the last one first: httpd's list of servers. */
    public List<Server> newestFirst() {
        List<Server> all = new ArrayList<>(hosts);
        Collections.reverse(all);
        all.add(0, main);
        return all;
    }
}
