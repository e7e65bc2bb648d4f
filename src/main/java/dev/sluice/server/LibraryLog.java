package dev.sluice.server;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Takes what the libraries log, which is about faults of theirs or ours, to the error log; nothing of it below warning. */
final class LibraryLog extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Supplier<ErrorLog> log;

    private LibraryLog(Supplier<ErrorLog> log) {
        this.log = log;
        setLevel(java.util.logging.Level.WARNING);
    }

    /** In place of the console, for the whole process. */
    static void install(Supplier<ErrorLog> log) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(java.util.logging.Level.WARNING);
        root.addHandler(new LibraryLog(log));
    }

    @Override
    public void publish(LogRecord found) {
        if (isLoggable(found)) {
            boolean error = found.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue();
            String cause = found.getThrown() == null ? "" : ": " + found.getThrown();
            log.get().log(error ? Level.ERROR : Level.WARN, "core", formatter.formatMessage(found) + cause);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
