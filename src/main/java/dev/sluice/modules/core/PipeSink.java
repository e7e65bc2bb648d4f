package dev.sluice.modules.core;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A piped log: a program that reads lines, started again when it has died. {@code |program} and {@code ||program} start
 * it as it is, {@code |$program} through the shell.
 */
final class PipeSink implements LogSink {
    /** A program that dies at once is not started more often than this. */
    private static final long BETWEEN_STARTS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> command;
    private Process process;
    private long startedAt;

    /** {@code target} begins with the bar. */
    PipeSink(String target) throws IOException {
        this.command = command(target);
        this.process = start();
    }

    static List<String> command(String target) {
        if (target.startsWith("|$")) {
            return List.of("/bin/sh", "-c", target.substring(2));
        }
        return words(target.substring(target.startsWith("||") ? 2 : 1));
    }

    /** As apr_tokenize_to_argv: blanks part words, quotes hold them together, a backslash keeps the next character. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
                quote = quote == 0 ? c : 0;
                inWord = true;
            } else if (quote == 0 && (c == ' ' || c == '\t')) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private Process start() throws IOException {
        if (command.isEmpty()) {
            throw new IOException("no program is named");
        }
        startedAt = System.nanoTime();
        return new ProcessBuilder(command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        if (!process.isAlive()) {
            restart();
        }
        OutputStream pipe = process.getOutputStream();
        pipe.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
        pipe.flush();
        lines.position(lines.limit());
    }

    private void restart() throws IOException {
        if (System.nanoTime() - startedAt < BETWEEN_STARTS) {
            throw new IOException("'" + String.join(" ", command) + "' ended with status " + process.exitValue());
        }
        process = start();
    }

    @Override
    public void reopen() throws IOException {
        close();
        process = start();
    }

    /** The program sees the end of its input, and ends in its own time. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // it reads no more
        }
    }
}
