package dev.sluice.modules.aaa.dbm;

import dev.sluice.modules.aaa.dbm.DbmFile.NotReadable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The pages of a Berkeley DB of the kind "hash", which is what APR makes: items of a page are key and value in turn. */
final class BerkeleyPages {
    private static final int MAGIC = 0x061561;
    private static final int MAGIC_AT = 12;
    private static final int PAGE_SIZE_AT = 20;
    private static final int ENCRYPTED_AT = 24;
    private static final int CHECKSUMS_AT = 26;
    private static final int COUNT_AT = 20;
    private static final int TYPE_AT = 25;
    private static final int HEADER = 26;
    private static final int UNSORTED = 2;
    private static final int SORTED = 13;
    private static final int ITEM_IN_PAGE = 1;

    private BerkeleyPages() {}

    static void read(byte[] bytes, Map<String, String> pairs) throws NotReadable {
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (all.getInt(MAGIC_AT) != MAGIC) {
            all.order(ByteOrder.BIG_ENDIAN);
        }
        if (all.getInt(MAGIC_AT) != MAGIC || all.get(ENCRYPTED_AT) != 0 || (all.get(CHECKSUMS_AT) & 1) != 0) {
            throw new NotReadable("not a Berkeley DB of the kind that is read");
        }
        int size = all.getInt(PAGE_SIZE_AT);
        if (size < HEADER) {
            throw new NotReadable("no size of pages");
        }
        for (int start = size; start + size <= bytes.length; start += size) {
            ByteBuffer page = ByteBuffer.wrap(bytes, start, size).slice().order(all.order());
            int type = page.get(TYPE_AT);
            if (type == UNSORTED || type == SORTED) {
                readPage(page, size, pairs);
            }
        }
    }

    private static void readPage(ByteBuffer page, int size, Map<String, String> pairs) throws NotReadable {
        int end = size;
        String key = "";
        int count = page.getShort(COUNT_AT) & 0xffff;
        for (int i = 0; i < count; i++) {
            int at = page.getShort(HEADER + 2 * i) & 0xffff;
            if (page.get(at) != ITEM_IN_PAGE) {
                throw new NotReadable("an item that is larger than a page");
            }
            String item = DbmFile.text(page, at + 1, end);
            if (i % 2 == 0) {
                key = item;
            } else {
                pairs.put(key, item);
            }
            end = at;
        }
    }
}
