package dev.sluice.cli;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;

/** What is said of a configuration while another one serves. */
record ToErrorLog(ErrorLog log) implements Report {
    @Override
    public void startup(String message) {
        log.log(Level.ERROR, "core", message);
    }

    @Override
    public void log(String module, Level level, String message) {
        log.log(level, module, message);
    }
}
