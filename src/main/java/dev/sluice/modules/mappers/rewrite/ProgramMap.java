package dev.sluice.modules.mappers.rewrite;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code prg:}, a program that runs as long as the configuration serves and answers each line with a line. One request asks
 * it at a time.
 */
final class ProgramMap implements RewriteMap {
    private final List<String> command;
    private @Nullable Process process;
    private @Nullable OutputStream questions;
    private @Nullable InputStream answers;

    /** @param command the program and its arguments */
    ProgramMap(List<String> command) {
        this.command = command;
    }

    /** Starts the program, where it does not run. */
    synchronized void start() throws IOException {
        if (process == null) {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process = started;
            questions = started.getOutputStream();
            answers = new BufferedInputStream(started.getInputStream());
        }
    }

    synchronized void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            process = null;
            questions = null;
            answers = null;
        }
    }

    String program() {
        return command.get(0);
    }

    @Override
    public @Nullable String lookUp(String name, String key, Trace trace) {
        String value = asked(key);
        if (trace.keeps(5)) {
            trace.log(
                    5,
                    value == null
                            ? "map lookup FAILED: map=" + name + " key=" + key
                            : "map lookup OK: map=" + name + " key=" + key + " -> val=" + value);
        }
        return value;
    }

    /** A key with a line feed in it is not asked for: the answers would no longer be those to the questions. */
    private synchronized @Nullable String asked(String key) {
        OutputStream out = questions;
        InputStream in = answers;
        if (out == null || in == null || key.indexOf('\n') >= 0) {
            return null;
        }
        try {
            out.write((key + "\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            // A program that has ended answers with nothing.
            return "";
        }
        String answer = line(in);
        return answer.equalsIgnoreCase("NULL") ? null : answer;
    }

    private static String line(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        } catch (IOException e) {
            return line.toString(StandardCharsets.ISO_8859_1);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean blocks() {
        return true;
    }
}
