package dev.sluice.modules.aaa.dbm;

import dev.sluice.modules.aaa.dbm.DbmFile.NotReadable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The buckets of a GDBM file with offsets of 64 bits: a directory names them, and each names where its keys stand. */
final class GdbmBuckets {
    private static final int MAGIC = 0x13579acf;
    private static final int DIRECTORY_AT = 8;
    private static final int DIRECTORY_SIZE_AT = 16;
    private static final int ELEMENTS_AT = 28;

    /** Behind the free blocks that a bucket remembers, and its bits: how many of its elements are in use. */
    private static final int TABLE_AT = 112;

    private static final int ELEMENT = 24;

    private GdbmBuckets() {}

    static void read(byte[] bytes, Map<String, String> pairs) throws NotReadable {
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (all.getInt(0) != MAGIC) {
            throw new NotReadable("not a GDBM file of the kind that is read");
        }
        int directory = Math.toIntExact(all.getLong(DIRECTORY_AT));
        int size = all.getInt(DIRECTORY_SIZE_AT);
        int elements = all.getInt(ELEMENTS_AT);
        Set<Long> read = new HashSet<>();
        for (int at = directory; at < directory + size; at += Long.BYTES) {
            long bucket = all.getLong(at);
            if (read.add(bucket)) {
                readBucket(all, Math.toIntExact(bucket), elements, pairs);
            }
        }
    }

    private static void readBucket(ByteBuffer all, int bucket, int elements, Map<String, String> pairs) {
        for (int i = 0; i < elements; i++) {
            int element = bucket + TABLE_AT + i * ELEMENT;
            if (all.getInt(element) == -1) {
                continue;
            }
            int key = Math.toIntExact(all.getLong(element + 8));
            int value = key + all.getInt(element + 16);
            pairs.put(DbmFile.text(all, key, value), DbmFile.text(all, value, value + all.getInt(element + 20)));
        }
    }
}
