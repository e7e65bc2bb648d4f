package dev.sluice.modules.aaa.dbm;

import dev.sluice.modules.aaa.authn.TextFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A DBM file: keys and values, one byte a char. It is read whole when it has changed; those who look up users need not seek
 * in it.
 */
public final class DbmFile {
    /** The formats that APR has. */
    private enum Format {
        SDBM,
        GDBM,
        BERKELEY
    }

    /** The file is of another format, or broken. */
    static final class NotReadable extends IOException {
        private static final long serialVersionUID = 1L;

        NotReadable(String message) {
            super(message);
        }
    }

    private final String type;
    private final Path path;
    private final Format format;
    private final TextFile<Map<String, String>> file;

    /** @param type as AuthDBMType has it; {@code default} is whatever the file is */
    public DbmFile(Path path, String type) {
        this.path = path;
        this.type = type;
        Path pages = path.resolveSibling(path.getFileName() + ".pag");
        this.format = switch (type.toUpperCase(Locale.ROOT)) {
            case "SDBM" -> Format.SDBM;
            case "GDBM" -> Format.GDBM;
            case "DB" -> Format.BERKELEY;
            default -> Files.exists(pages) ? Format.SDBM : Format.BERKELEY;
        };
        this.file = TextFile.readBy(this::read, format == Format.SDBM ? pages : path);
    }

    /** What the file says now. Blocks. */
    public Map<String, String> contents() throws IOException {
        return file.contents();
    }

    /** {@code default}, {@code SDBM}, as the configuration names it. */
    public String type() {
        return type;
    }

    private Map<String, String> read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        Map<String, String> pairs = new HashMap<>();
        try {
            switch (format) {
                case SDBM -> SdbmPages.read(bytes, pairs);
                case GDBM -> GdbmBuckets.read(bytes, pairs);
                case BERKELEY -> BerkeleyPages.read(bytes, pairs);
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new NotReadable("broken: " + e);
        }
        return Map.copyOf(pairs);
    }

    static String text(ByteBuffer from, int start, int end) {
        byte[] bytes = new byte[end - start];
        from.get(start, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** As the configuration names it. */
    @Override
    public String toString() {
        return path.toString();
    }
}
