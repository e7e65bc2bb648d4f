package dev.sluice.modules.core;

import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log that any thread may write lines to without waiting for a disk: bytes are copied behind a short lock, another
 * thread writes them. What does not fit any more, or cannot be written, is counted and told of when writing works again.
 */
public final class LogFile implements AutoCloseable {
    /** Bytes kept while the disk or program is slow; lines beyond them are lost. */
    private static final int LIMIT = 1 << 20;

    private static final int FIRST_SIZE = 1 << 13;

    private final String name;
    private final LogSink sink;
    private final LogWriter writer;
    private final Consumer<String> complaints;

    private byte[] filling = new byte[FIRST_SIZE];
    private byte[] spare = new byte[FIRST_SIZE];
    private int filled;
    private long overflowed;
    private long accepted;
    private long written;
    private boolean closed;
    private volatile boolean pending;

    private long lostSinceReport;
    private String failure = "";
    private long lost;

    private LogFile(String name, LogSink sink, LogWriter writer, Consumer<String> complaints) {
        this.name = name;
        this.sink = sink;
        this.writer = writer;
        this.complaints = complaints;
    }

    /**
     * Opens a log.
     *
     * @param target a path, or a bar and a program: {@code |prog}, {@code ||prog}, {@code |$prog}
     * @param complaints takes a sentence when writing fails, and one when it works again; called by the writer's thread
     * @throws IOException see {@link #reason}
     */
    public static LogFile open(String target, Path serverRoot, Consumer<String> complaints) throws IOException {
        if (isPiped(target)) {
            LogSink sink = new PipeSink(SourceFile.utf8(target));
            return opened(target, sink, LogWriter.started("log writer " + target), complaints);
        }
        return opened(target, new FileSink(path(target, serverRoot)), LogWriter.shared(), complaints);
    }

    static LogFile opened(String target, LogSink sink, LogWriter writer, Consumer<String> complaints) {
        LogFile file = new LogFile(target, sink, writer, complaints);
        writer.add(file);
        return file;
    }

    public static boolean isPiped(String target) {
        return target.startsWith("|");
    }

    /** Where a log that is not piped is kept. */
    public static Path path(String target, Path serverRoot) {
        return serverRoot.resolve(SourceFile.utf8(target));
    }

    /** As APR words it: {@code (2)No such file or directory}. */
    public static String reason(IOException e) {
        String why = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        if (e instanceof NoSuchFileException) {
            return "(2)No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "(13)Permission denied";
        }
        return switch (why == null ? "" : why) {
            case "Is a directory" -> "(21)Is a directory";
            case "Not a directory" -> "(20)Not a directory";
            case "No space left on device" -> "(28)No space left on device";
            case "Read-only file system" -> "(30)Read-only file system";
            case "File name too long" -> "(36)File name too long";
            case "Too many levels of symbolic links" -> "(40)Too many levels of symbolic links";
            case "Broken pipe" -> "(32)Broken pipe";
            default -> why == null ? e.toString() : why;
        };
    }

    /** Adds a line, its line end included. Never waits for the log; a line that finds no room is lost and counted. */
    public void write(byte[] bytes, int offset, int length) {
        synchronized (this) {
            if (closed || !makeRoom(length)) {
                overflowed++;
                return;
            }
            System.arraycopy(bytes, offset, filling, filled, length);
            filled += length;
            accepted += length;
            pending = true;
        }
        writer.wake();
    }

    /** Adds a line given one byte a char, without its line end. */
    public void write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, 0, bytes.length);
    }

    private boolean makeRoom(int length) {
        if (filled + length <= filling.length) {
            return true;
        }
        if (filled + length > LIMIT) {
            return false;
        }
        filling = Arrays.copyOf(filling, Math.min(LIMIT, Math.max(filled + length, filling.length * 2)));
        return true;
    }

    boolean isPending() {
        return pending;
    }

    /** Writes what is there; false where there is nothing. On the writer's thread. */
    boolean drain() {
        if (!pending) {
            return false;
        }
        byte[] lines;
        int length;
        synchronized (this) {
            lines = filling;
            length = filled;
            filling = spare;
            spare = lines;
            filled = 0;
            pending = false;
            lostSinceReport += overflowed;
            lost += overflowed;
            overflowed = 0;
        }
        put(ByteBuffer.wrap(lines, 0, length));
        synchronized (this) {
            written += length;
            notifyAll();
        }
        return true;
    }

    private void put(ByteBuffer lines) {
        try {
            synchronized (sink) {
                sink.write(lines);
            }
            if (lostSinceReport > 0) {
                complaints.accept("'" + name + "' is written again; " + lostSinceReport + " lines were lost: "
                        + (failure.isEmpty() ? "it took them too slowly" : failure));
                lostSinceReport = 0;
                failure = "";
            }
        } catch (IOException e) {
            if (failure.isEmpty()) {
                complaints.accept(reason(e) + ": AH00646: Error writing to " + name);
            }
            failure = reason(e);
            int gone = lines(lines);
            lostSinceReport += gone;
            synchronized (this) {
                lost += gone;
            }
        }
    }

    private static int lines(ByteBuffer rest) {
        int count = 0;
        for (int i = rest.position(); i < rest.limit(); i++) {
            count += rest.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    /** Lines that could not be kept or written so far. */
    public long lost() {
        synchronized (this) {
            return lost + overflowed;
        }
    }

    /** Waits, five seconds at most, until what was written before is with the kernel. Not for I/O threads. */
    public void flush() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        synchronized (this) {
            long target = accepted;
            long left = until - System.nanoTime();
            while (written < target && left > 0) {
                try {
                    wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = until - System.nanoTime();
            }
        }
    }

    /** Goes on in a new file of the same name, after the old one was moved away. Not for I/O threads. */
    public void reopen() throws IOException {
        flush();
        synchronized (sink) {
            sink.reopen();
        }
    }

    /** Writes what is left, then closes. Not for I/O threads. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        flush();
        writer.remove(this);
        synchronized (sink) {
            sink.close();
        }
    }

    /** The target it was opened for. */
    @Override
    public String toString() {
        return name;
    }

    /** Null where the folder that {@code path} is to be in can be used; otherwise httpd's reason. */
    public static @Nullable String folderComplaint(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return null;
        }
        return Files.exists(folder) ? "(20)Not a directory" : "(2)No such file or directory";
    }
}
