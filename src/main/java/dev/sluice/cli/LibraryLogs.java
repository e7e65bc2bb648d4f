package dev.sluice.cli;

import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What libraries log by java.util.logging, from warnings up: they go to the error log of the main server. */
final class LibraryLogs extends Handler {
    /** The root of all loggers; held, since the JDK may forget one that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private final Supplier<ErrorLog> log;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LibraryLogs(Supplier<ErrorLog> log) {
        this.log = log;
    }

    /** Banners of libraries are not shown. */
    static void begin() {
        ROOT.setLevel(java.util.logging.Level.WARNING);
    }

    static void to(Supplier<ErrorLog> log) {
        for (Handler each : ROOT.getHandlers()) {
            ROOT.removeHandler(each);
        }
        ROOT.addHandler(new LibraryLogs(log));
    }

    @Override
    public void publish(@Nullable LogRecord entry) {
        if (entry == null) {
            return;
        }
        boolean severe = entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue();
        Throwable thrown = entry.getThrown();
        String message = formatter.formatMessage(entry) + (thrown == null ? "" : ": " + thrown);
        log.get().log(severe ? Level.ERROR : Level.WARN, "core", Program.bytes(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
