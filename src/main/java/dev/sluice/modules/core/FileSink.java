package dev.sluice.modules.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that lines are added to, as with O_APPEND: others may add to it, too. */
final class FileSink implements LogSink {
    private final Path path;
    private FileChannel channel;
    private boolean cut;

    FileSink(Path path) throws IOException {
        this.path = path;
        this.channel = open(path);
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        if (cut) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            cut = false;
        }
        while (lines.hasRemaining()) {
            int before = lines.position();
            try {
                channel.write(lines);
            } finally {
                int after = lines.position();
                cut = after > before && lines.get(after - 1) != '\n';
            }
        }
    }

    @Override
    public void reopen() throws IOException {
        FileChannel next = open(path);
        close();
        channel = next;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            cut = false; // the lines are with the kernel already
        }
    }
}
