package dev.sluice.modules.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that writes what log files have gathered. One serves all plain files; a piped log has one of its own, since a
 * program may stop reading.
 *
 * <p>A line that comes when all is quiet is written at once; those that come within the next two milliseconds are written
 * together, so that a busy server makes a few hundred writes a second however many requests it answers.
 */
final class LogWriter implements Runnable {
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(2);
    private static final LogWriter SHARED = started("log writer");

    private final List<LogFile> files = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean ending;

    private LogWriter(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    static LogWriter shared() {
        return SHARED;
    }

    static LogWriter started(String name) {
        LogWriter writer = new LogWriter(name);
        writer.thread.start();
        return writer;
    }

    void add(LogFile file) {
        files.add(file);
    }

    /** The file's last lines are out; nothing more comes. */
    void remove(LogFile file) {
        files.remove(file);
        if (this != SHARED) {
            ending = true;
            LockSupport.unpark(thread);
        }
    }

    /** Called after a line was added. Costs one volatile read while the thread is busy. */
    void wake() {
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!ending) {
            if (drain()) {
                LockSupport.parkNanos(this, GATHER);
            } else {
                idle = true;
                if (files.stream().noneMatch(LogFile::isPending) && !ending) {
                    LockSupport.park(this);
                }
                idle = false;
            }
        }
    }

    private boolean drain() {
        boolean any = false;
        for (LogFile file : files) {
            any |= file.drain();
        }
        return any;
    }
}
