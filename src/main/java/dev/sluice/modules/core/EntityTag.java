package dev.sluice.modules.core;

import dev.sluice.model.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The entity tags of files, as ap_make_etag_ex makes them (util_etag.c). */
public final class EntityTag {
    private EntityTag() {}

    /** The tag of a thing without content of its own, a folder, by FileETag; null for none. */
    public static @Nullable String of(Settings settings, BasicFileAttributes file, long nowMillis) {
        int bits = settings.view(FileETag.IN_FORCE) & ~FileETag.DIGEST;
        return bits == 0 || (bits & FileETag.NONE) != 0 ? null : tag(file, bits, nowMillis * 1000);
    }

    /** Null where {@code bits}, of {@link FileETag}, ask for none. {@code nowMicros} is the time of the request. */
    static @Nullable String of(BasicFileAttributes file, FileChannel channel, int bits, long nowMicros)
            throws IOException {
        if ((bits & FileETag.NONE) != 0) {
            return null;
        }
        if ((bits & FileETag.DIGEST) != 0) {
            return '"' + digest(channel) + '"';
        }
        return tag(file, bits, nowMicros);
    }

    /** {@code tag}, tied to the list that the variant was chosen from. */
    static String within(String tag, String list) {
        String open = list.startsWith("W/") ? list.substring(3) : list.substring(1);
        return tag.substring(0, tag.length() - 1) + ";" + open;
    }

    private static String tag(BasicFileAttributes file, int bits, long nowMicros) {
        long mtime = file.lastModifiedTime().to(TimeUnit.MICROSECONDS);
        StringBuilder tag = new StringBuilder(40);
        // What changed within the last second may change again within the same one.
        tag.append(nowMicros - mtime > 1_000_000 ? "\"" : "W/\"");
        int start = tag.length();
        if ((bits & FileETag.INODE) != 0) {
            append(tag, start, inode(file));
        }
        if ((bits & FileETag.SIZE) != 0) {
            append(tag, start, file.size());
        }
        if ((bits & FileETag.MTIME) != 0) {
            append(tag, start, mtime);
        }
        return tag.append('"').toString();
    }

    private static void append(StringBuilder tag, int start, long value) {
        if (tag.length() > start) {
            tag.append('-');
        }
        tag.append(Long.toHexString(value));
    }

    /** The JDK names it in the text of its file key alone: {@code (dev=801,ino=123)}. */
    private static long inode(BasicFileAttributes file) {
        String key = String.valueOf(file.fileKey());
        int at = key.indexOf("ino=");
        int end = key.indexOf(')', at);
        return at < 0 || end < 0 ? 0 : Long.parseLong(key.substring(at + 4, end));
    }

    private static String digest(FileChannel channel) throws IOException {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            for (long at = 0; channel.read(buffer, at) > 0; at += buffer.limit(), buffer.clear()) {
                sha1.update(buffer.flip());
                buffer.rewind();
            }
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
