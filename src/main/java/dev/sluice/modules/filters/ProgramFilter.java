package dev.sluice.modules.filters;

import dev.sluice.modules.core.CgiEnvironment;
import dev.sluice.modules.core.ProgramRights;
import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way through a program (ef_output_filter, mod_ext_filter.c). One thread writes to it, one reads from it: both
 * wait for the program, never for the client, and end with it. What the client does not take is not read.
 */
final class ProgramFilter implements Filter {
    /** Bytes that are kept for the program, and of it, before whoever makes more has to wait. */
    private static final int KEPT = 64 * 1024;

    private static final Pattern ERRNO = Pattern.compile("error[=:] ?(\\d+),? \\(?([^)]*)\\)?\\s*$");

    private final Request request;
    private final ExternalFilter definition;
    private final ExtFilterModule.Options options;
    private final Map<String, String> variables = new HashMap<>();
    private final ArrayDeque<byte[]> toProgram = new ArrayDeque<>();
    private final ArrayDeque<byte[]> fromProgram = new ArrayDeque<>();
    private int toSize;
    private int fromSize;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;
    private boolean notStarted;
    private boolean over;
    private @Nullable Process process;
    private @Nullable Next next;

    ProgramFilter(Request request, ExternalFilter definition, ExtFilterModule.Options options) {
        this.request = request;
        this.definition = definition;
        this.options = options;
    }

    @Override
    public void write(ByteBuffer piece, Next to) throws IOException {
        start(to);
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        synchronized (this) {
            if (!closed) {
                toProgram.add(bytes);
                toSize += bytes.length;
                notifyAll();
            }
        }
        proceed(to);
    }

    private void start(Next to) {
        if (next != null) {
            return;
        }
        next = to;
        CgiEnvironment.addCommon(request);
        variables.putAll(request.environment().all());
        variables.put("DOCUMENT_URI", request.path());
        variables.put("QUERY_STRING_UNESCAPED", request.query());
        Thread writer = new Thread(this::feed, "ext_filter " + definition.name());
        writer.setDaemon(true);
        writer.start();
    }

    /** Runs the program, then gives it what comes. */
    private void feed() {
        Process running = launched();
        if (running == null) {
            synchronized (this) {
                notStarted = true;
                outputEnded = true;
            }
            wake();
            return;
        }
        reading("stdout", () -> drain(running));
        if (options.logStderr() > 0) {
            reading("stderr", () -> tell(running));
        }
        try (OutputStream stdin = running.getOutputStream()) {
            for (byte[] bytes = taken(); bytes != null; bytes = taken()) {
                stdin.write(bytes);
                stdin.flush();
                wake();
            }
        } catch (IOException e) {
            // It ended before it had read everything, as it may.
            synchronized (this) {
                toProgram.clear();
                toSize = 0;
                closed = true;
            }
            wake();
        }
    }

    private @Nullable Process launched() {
        try {
            ProcessBuilder builder = new ProcessBuilder(ProgramRights.of(definition.command()));
            builder.environment().clear();
            builder.environment().putAll(variables);
            if (options.logStderr() <= 0) {
                builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            }
            Process running = builder.start();
            synchronized (this) {
                process = running;
                if (over) {
                    running.destroyForcibly();
                }
            }
            return running;
        } catch (IOException | IndexOutOfBoundsException e) {
            String program =
                    definition.command().isEmpty() ? "" : definition.command().get(0);
            String why = errno(e);
            request.log(
                    Level.ERROR, "ext_filter", why + "AH01458: couldn't create child process to run `" + program + "'");
            request.log(
                    Level.ERROR,
                    "ext_filter",
                    why + "AH01467: can't initialise " + (definition.ofInput() ? "input" : "output") + " filter "
                            + definition.name() + ": " + (options.removeOnFail() > 0 ? "removing" : "aborting"));
            return null;
        }
    }

    /** As apr numbers and names it; the JDK tells both, in a form of its own. */
    private static String errno(Exception e) {
        Matcher told = ERRNO.matcher(String.valueOf(e.getMessage()));
        return told.find() ? "(" + told.group(1) + ")" + told.group(2) + ": " : "";
    }

    private void reading(String what, Runnable task) {
        Thread reader = new Thread(task, "ext_filter " + definition.name() + " " + what);
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized byte @Nullable [] taken() {
        while (toProgram.isEmpty() && !inputEnded && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        byte[] bytes = toProgram.poll();
        toSize -= bytes == null ? 0 : bytes.length;
        return bytes;
    }

    private void drain(Process running) {
        byte[] buffer = new byte[8192];
        try (InputStream stdout = running.getInputStream()) {
            for (int count = stdout.read(buffer); count >= 0; count = stdout.read(buffer)) {
                if (!keep(Arrays.copyOf(buffer, count))) {
                    break;
                }
                wake();
            }
        } catch (IOException e) {
            request.log(Level.DEBUG, "ext_filter", "reading from " + definition.name() + " failed: " + e.getMessage());
        }
        synchronized (this) {
            outputEnded = true;
        }
        wake();
    }

    /** False where nobody wants it any more. */
    private synchronized boolean keep(byte[] bytes) {
        while (fromSize > KEPT && !over) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        fromProgram.add(bytes);
        fromSize += bytes.length;
        return !over;
    }

    private void tell(Process running) {
        try (BufferedReader stderr =
                new BufferedReader(new InputStreamReader(running.getErrorStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
                request.log(Level.ERROR, "ext_filter", line);
            }
        } catch (IOException e) {
            request.log(Level.DEBUG, "ext_filter", "stderr of " + definition.name() + ": " + e.getMessage());
        }
    }

    private void wake() {
        Next to = next;
        if (to != null) {
            to.wake();
        }
    }

    @Override
    public void proceed(Next to) throws IOException {
        for (byte[] bytes = given(); bytes != null; bytes = given()) {
            to.write(bytes);
        }
        boolean ends;
        boolean failed;
        synchronized (this) {
            failed = notStarted && !over;
            ends = outputEnded && inputEnded && fromProgram.isEmpty() && !over;
            over |= ends || failed;
        }
        if (failed) {
            failed(to);
        } else if (ends) {
            to.end();
        }
    }

    private synchronized byte @Nullable [] given() {
        byte[] bytes = fromProgram.poll();
        if (bytes != null) {
            fromSize -= bytes.length;
            notifyAll();
        }
        return bytes;
    }

    private void failed(Next to) throws IOException {
        if (options.removeOnFail() <= 0) {
            throw new IOException("no program: " + definition.command());
        }
        to.remove();
        for (byte[] bytes = taken(true); bytes != null; bytes = taken(true)) {
            to.write(bytes);
        }
        if (inputEnded) {
            to.end();
        }
    }

    private synchronized byte @Nullable [] taken(boolean now) {
        return now ? toProgram.poll() : null;
    }

    @Override
    public synchronized boolean isReady() {
        return closed || notStarted || toSize < KEPT;
    }

    /** The program says itself what is ready. */
    @Override
    public void flush(Next to) throws IOException {
        start(to);
        proceed(to);
        to.flush();
    }

    @Override
    public void pass(Next to) throws IOException {
        proceed(to);
        to.pass();
    }

    @Override
    public void end(Next to) throws IOException {
        start(to);
        synchronized (this) {
            inputEnded = true;
            notifyAll();
        }
        proceed(to);
    }

    @Override
    public void close() {
        Process running;
        synchronized (this) {
            over = true;
            closed = true;
            running = process;
            notifyAll();
        }
        if (running != null && running.isAlive()) {
            running.destroyForcibly();
        }
    }
}
