package dev.sluice.cli;

import dev.sluice.config.ErrorLogText;
import dev.sluice.request.Level;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Standard output and standard error of a process; texts are bytes held one a char. */
final class Console implements Report {
    private static final int BUFFER = 8192;

    private final PrintStream out = stream(new FileOutputStream(FileDescriptor.out), false);
    private PrintStream err = stream(new FileOutputStream(FileDescriptor.err), true);
    private final Level kept;

    Console(Level kept) {
        this.kept = kept;
    }

    private static PrintStream stream(FileOutputStream to, boolean flushing) {
        return new PrintStream(new BufferedOutputStream(to, BUFFER), flushing, StandardCharsets.ISO_8859_1);
    }

    /** What would go to standard error goes to the end of {@code file} from now on. */
    void errorsTo(String file) {
        try {
            err = stream(new FileOutputStream(file, true), true);
        } catch (IOException e) {
            startup("(2)No such file or directory: AH00086: " + Program.name() + ": could not open error log file "
                    + Program.absolute(file) + ".");
        }
    }

    /** A line on standard output. */
    void say(String line) {
        out.print(line + "\n");
    }

    /** A line on standard error, as it stands. */
    void complain(String line) {
        err.print(line + "\n");
        err.flush();
    }

    @Override
    public void startup(String message) {
        complain(ErrorLogText.escape(message));
    }

    @Override
    public void log(String module, Level level, String message) {
        if (!level.isKeptAt(kept)) {
            return;
        }
        DateTimeFormatter time = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);
        long pid = ProcessHandle.current().pid();
        complain("[" + time.format(ZonedDateTime.now(ZoneId.systemDefault())) + "] [" + module + ":" + level.word()
                + "] [pid " + pid + ":tid " + pid + "] " + ErrorLogText.escape(message));
    }

    /** Ends the process. */
    void exit(int code) {
        if (Program.isToDetach()) {
            say("detached " + code);
        }
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(code);
    }

    /**
     * Lets go of the terminal: tells the launcher that the server serves, then closes standard output and error, which the
     * JDK does by opening /dev/null in their place (io_util_md.c), so that nothing else gets their numbers.
     */
    void detach() {
        say("detached 0");
        out.close();
        err.close();
        stream(new FileOutputStream(FileDescriptor.err), false).close();
    }

    void flush() {
        out.flush();
    }
}
