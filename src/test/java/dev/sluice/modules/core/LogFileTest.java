package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
    private final Path root;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    LogFileTest(@TempDir Path root) {
        this.root = root;
    }

    private LogFile open(String target) throws IOException {
        return LogFile.open(target, root, complaints::add);
    }

    @Test
    void linesOfManyThreadsAreAllWrittenAndNoneIsTorn() throws Exception {
        try (LogFile log = open("log")) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(t -> new Thread(() -> IntStream.range(0, 2000).forEach(i -> log.write(t + "-" + i))))
                    .toList();

            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        List<String> lines = Files.readAllLines(root.resolve("log"));
        assertEquals(8000, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.matches("[0-3]-[0-9]{1,4}")));
        for (String thread : List.of("0-", "1-", "2-", "3-")) {
            List<String> own = lines.stream().filter(l -> l.startsWith(thread)).toList();
            assertEquals(thread + "0", own.get(0));
            assertEquals(thread + "1999", own.get(1999));
        }
    }

    @Test
    void aFileIsAddedTo() throws Exception {
        Files.writeString(root.resolve("log"), "old\n");

        try (LogFile log = open("log")) {
            log.write("new");
        }

        assertEquals("old\nnew\n", Files.readString(root.resolve("log")));
    }

    @Test
    void aLineIsThereSoonWithoutAnyoneAsking() throws Exception {
        try (LogFile log = open("log")) {
            log.write("one");

            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (Files.size(root.resolve("log")) == 0 && System.nanoTime() < until) {
                Thread.sleep(1);
            }
            assertEquals("one\n", Files.readString(root.resolve("log")));
        }
    }

    @Test
    void afterReopeningLinesGoToANewFile() throws Exception {
        try (LogFile log = open("log")) {
            log.write("one");
            log.flush();
            Files.move(root.resolve("log"), root.resolve("log.1"));

            log.reopen();
            log.write("two");
        }

        assertEquals("one\n", Files.readString(root.resolve("log.1")));
        assertEquals("two\n", Files.readString(root.resolve("log")));
    }

    @Test
    void aFullDiskIsSurvivedAndCounted() throws Exception {
        try (LogFile log = open("/dev/full")) {
            log.write("one");
            log.flush();
            log.write("two");
            log.flush();

            assertEquals(2, log.lost());
        }
        assertEquals(List.of("(28)No space left on device: AH00646: Error writing to /dev/full"), complaints);
    }

    @Test
    void whatWasLostIsToldWhenWritingWorksAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        StringBuilder written = new StringBuilder();
        LogSink sink = new SlowSink(broken, written, new CountDownLatch(0));
        try (LogFile log = LogFile.opened("log", sink, LogWriter.started("test"), complaints::add)) {
            log.write("one");
            log.flush();
            log.write("two");
            log.flush();
            broken.set(false);
            log.write("three");
            log.flush();
        }

        assertEquals("three\n", written.toString());
        assertEquals(
                List.of(
                        "(32)Broken pipe: AH00646: Error writing to log",
                        "'log' is written again; 2 lines were lost: (32)Broken pipe"),
                complaints);
    }

    @Test
    void aWriterIsNotHeldUpByAProgramThatDoesNotRead() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        StringBuilder written = new StringBuilder();
        LogSink sink = new SlowSink(new AtomicBoolean(), written, reads);
        String line = "x".repeat(1023);
        try (LogFile log = LogFile.opened("|slow", sink, LogWriter.started("test"), complaints::add)) {
            log.write(line);
            for (int i = 0; i < 3000; i++) {
                log.write(line);
            }
            long lost = log.lost();
            reads.countDown();
            log.flush();

            assertTrue(lost >= 3000 - 2048, "lost " + lost);
            assertEquals(3001 - lost, written.length() / 1024);
        }
        assertTrue(complaints.get(0).endsWith("lines were lost: it took them too slowly"), complaints.toString());
    }

    /** Takes lines once {@code reads} is open. */
    private record SlowSink(AtomicBoolean broken, StringBuilder written, CountDownLatch reads) implements LogSink {
        @Override
        public void write(ByteBuffer lines) throws IOException {
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken.get()) {
                throw new IOException("Broken pipe");
            }
            written.append(StandardCharsets.ISO_8859_1.decode(lines));
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            `|tee "@/o ut"`       | o ut
            `||tee @/out`         | out
            `|$cat > @/out`       | out
            """)
    void aProgramReadsTheLines(String target, String file) throws Exception {
        try (LogFile log = open(target.replace("@", root.toString()))) {
            log.write("one");
            log.write("two");
        }

        assertEquals("one\ntwo\n", awaited(root.resolve(file), "one\ntwo\n"));
    }

    private static String awaited(Path file, String wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        String text = "";
        while (!text.equals(wanted) && System.nanoTime() < until) {
            Thread.sleep(5);
            text = Files.exists(file) ? Files.readString(file) : "";
        }
        return text;
    }

    @Test
    void aProgramThatDiedIsStartedAgain() throws Exception {
        Path out = root.resolve("out");
        try (LogFile log = open("|$head -n 1 >> " + out)) {
            log.write("one");
            log.flush();
            assertEquals("one\n", awaited(out, "one\n"));
            Thread.sleep(1100);

            log.write("two");
            log.flush();

            assertEquals("one\ntwo\n", awaited(out, "one\ntwo\n"));
        }
    }

    @Test
    void aLogThatCannotBeOpenedIsToldInHttpdsWords() throws Exception {
        Files.createDirectory(root.resolve("folder"));

        IOException missing = assertThrows(IOException.class, () -> open("nowhere/log"));
        IOException folder = assertThrows(IOException.class, () -> open("folder"));

        assertEquals("(2)No such file or directory", LogFile.reason(missing));
        assertEquals("(21)Is a directory", LogFile.reason(folder));
        assertEquals("(2)No such file or directory", LogFile.folderComplaint(root.resolve("nowhere/log")));
    }
}
