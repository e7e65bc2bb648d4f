package dev.sluice.module;

import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.request.ErrorLog;

/** The moment when a configuration begins to serve: at start and at each reload. */
public interface Start {
    Configuration configuration();

    ErrorLog errorLog(Server server);

    /** Runs {@code action} when this configuration has answered its last request. */
    void onStop(Runnable action);
}
