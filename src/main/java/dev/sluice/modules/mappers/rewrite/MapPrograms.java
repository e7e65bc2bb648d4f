package dev.sluice.modules.mappers.rewrite;

import dev.sluice.module.CannotStart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of a configuration's maps while it serves. */
public final class MapPrograms {
    private final List<ProgramMap> running = new ArrayList<>();

    /** Starts those of servers whose engine runs; others are never asked (run_rewritemap_programs, mod_rewrite.c). */
    public void start(Stream<Rewrites> servers) throws CannotStart {
        for (Rewrites server : servers.filter(Rewrites::isOn).toList()) {
            for (RewriteMap map : server.maps().values()) {
                if (map instanceof ProgramMap program) {
                    start(program);
                }
            }
        }
    }

    private void start(ProgramMap program) throws CannotStart {
        try {
            program.start();
            running.add(program);
        } catch (IOException e) {
            throw new CannotStart("AH00654: mod_rewrite: could not start RewriteMap program " + program.program());
        }
    }

    public void stop() {
        running.forEach(ProgramMap::stop);
    }
}
