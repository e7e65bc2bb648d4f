package dev.sluice.module;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.request.ErrorLog;
import java.nio.file.Path;

/** The moment when a configuration begins to serve: at start and at each reload. */
public interface Start {
    Configuration configuration();

    ErrorLog errorLog(Server server);

    /** Where files are kept that mean something only to running servers: DefaultRuntimeDir, else {@code logs}. */
    default Path runtimeFolder() {
        return configuration().serverRoot().resolve("logs");
    }

    /** Runs {@code action} when this configuration has answered its last request. */
    void onStop(Runnable action);
}
