package dev.sluice.modules.aaa.dbm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The pages of an SDBM file, 1024 bytes each: a count of offsets and the offsets, key and value in turn; what they point at
 * grows from the page's end towards them (sdbm_pair.c of APR).
 */
final class SdbmPages {
    private static final int PAGE = 1024;

    private SdbmPages() {}

    static void read(byte[] bytes, Map<String, String> pairs) {
        for (int start = 0; start + PAGE <= bytes.length; start += PAGE) {
            ByteBuffer page = ByteBuffer.wrap(bytes, start, PAGE).slice().order(ByteOrder.nativeOrder());
            int offsets = page.getShort(0);
            int end = PAGE;
            for (int i = 1; i < offsets; i += 2) {
                int key = page.getShort(2 * i);
                int value = page.getShort(2 * i + 2);
                pairs.put(DbmFile.text(page, key, end), DbmFile.text(page, value, key));
                end = value;
            }
        }
    }
}
