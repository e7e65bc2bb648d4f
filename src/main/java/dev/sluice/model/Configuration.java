package dev.sluice.model;

import java.nio.file.Path;
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
}
