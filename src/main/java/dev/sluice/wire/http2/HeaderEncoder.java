package dev.sluice.wire.http2;

import io.undertow.protocols.http2.HPackHuffman;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes header blocks (RFC 7541). What enters the dynamic table is Huffman coded, for it is written once; the rest, which is mostly
 * short and different each time, is not. A CR, LF or NUL in a value leaves as a blank.
 */
final class HeaderEncoder {
    private static final int SLOTS = HeaderDecoder.TABLE_SIZE / HeaderField.OVERHEAD + 1;
    private static final int BUCKETS = 256;

    /** Bytes that a field may need beside its name and value: a type octet and two lengths. */
    private static final int FIELD_ROOM = 12;

    private static final class Entry {
        final HttpString name;
        final String value;
        final int hash;
        final int size;
        final long number;

        @Nullable
        Entry next;

        Entry(HttpString name, String value, int hash, long number, @Nullable Entry next) {
            this.name = name;
            this.value = value;
            this.hash = hash;
            this.size = name.length() + value.length() + HeaderField.OVERHEAD;
            this.number = number;
            this.next = next;
        }
    }

    private final @Nullable Entry[] ring = new @Nullable Entry[SLOTS];
    private final @Nullable Entry[] buckets = new @Nullable Entry[BUCKETS];
    private long added;
    private int count;
    private int used;
    private int limit = HeaderDecoder.TABLE_SIZE;
    private int announce = -1;

    /** The peer's SETTINGS_HEADER_TABLE_SIZE. The table never grows beyond the 4096 bytes it starts with. */
    void peerTableSize(int size) {
        int next = Math.min(size, HeaderDecoder.TABLE_SIZE);
        if (next != limit) {
            limit = next;
            announce = next;
            evict(next);
        }
    }

    /** The most bytes that {@link #fields} can write, with 64 bytes for pseudo-header fields besides their values. */
    static int room(HeaderMap headers) {
        int room = 64 + 6;
        for (long i = headers.fastIterateNonEmpty(); i != -1; i = headers.fiNextNonEmpty(i)) {
            HeaderValues values = headers.fiCurrent(i);
            int name = values.getHeaderName().length() + FIELD_ROOM;
            for (int v = 0; v < values.size(); v++) {
                room += name + values.get(v).length();
            }
        }
        return room;
    }

    /** Must come first in each block: a change of the table's size is said at its beginning. */
    void begin(ByteBuffer target) {
        if (announce >= 0) {
            integer(target, 0x20, 5, announce);
            announce = -1;
        }
    }

    void status(ByteBuffer target, int status) {
        int index =
                switch (status) {
                    case 200 -> 8;
                    case 204 -> 9;
                    case 206 -> 10;
                    case 304 -> 11;
                    case 400 -> 12;
                    case 404 -> 13;
                    case 500 -> 14;
                    default -> 0;
                };
        if (index > 0) {
            target.put((byte) (0x80 | index));
            return;
        }
        target.put((byte) 8).put((byte) 3);
        target.put((byte) ('0' + status / 100))
                .put((byte) ('0' + status / 10 % 10))
                .put((byte) ('0' + status % 10));
    }

    /**
     * All fields but those that belong to an HTTP/1.1 connection, {@code te} unless it says trailers, and {@code host} where a pseudo-header
     * field has said it.
     */
    void fields(ByteBuffer target, HeaderMap headers, boolean withHost) {
        for (long i = headers.fastIterateNonEmpty(); i != -1; i = headers.fiNextNonEmpty(i)) {
            HeaderValues values = headers.fiCurrent(i);
            HttpString name = values.getHeaderName();
            StaticTable.Name known = StaticTable.known(name);
            if (known != null
                    && (known.hop() || known.kind().pseudo() || (known.kind() == HeaderField.Kind.HOST && !withHost))) {
                continue;
            }
            for (int v = 0; v < values.size(); v++) {
                String value = values.get(v);
                if (known == null || known.kind() != HeaderField.Kind.TE || value.equalsIgnoreCase("trailers")) {
                    field(target, known, name, value);
                }
            }
        }
    }

    /** One field, pseudo-header fields included. */
    void field(ByteBuffer target, HttpString name, String value) {
        field(target, StaticTable.known(name), name, value);
    }

    private void field(ByteBuffer target, StaticTable.@Nullable Name known, HttpString name, String value) {
        int hash = name.hashCode() * 31 + value.hashCode();
        for (Entry entry = buckets[hash & (BUCKETS - 1)]; entry != null; entry = entry.next) {
            if (entry.hash == hash && entry.value.equals(value) && entry.name.equals(name)) {
                integer(target, 0x80, 7, StaticTable.SIZE + (int) (added - entry.number));
                return;
            }
        }
        int index = known == null ? 0 : known.index();
        if (index > 0 && value.equals(StaticTable.field(index).value)) {
            integer(target, 0x80, 7, index);
            return;
        }
        boolean enters = (known == null || known.indexed())
                && name.length() + value.length() + HeaderField.OVERHEAD <= limit / 2;
        integer(target, enters ? 0x40 : 0, enters ? 6 : 4, index);
        if (index == 0) {
            name(target, name);
        }
        value(target, value, enters);
        if (enters) {
            add(name, value, hash);
        }
    }

    private void add(HttpString name, String value, int hash) {
        int bucket = hash & (BUCKETS - 1);
        evict(limit - name.length() - value.length() - HeaderField.OVERHEAD);
        Entry entry = new Entry(name, value, hash, added, buckets[bucket]);
        buckets[bucket] = entry;
        ring[(int) (added++ % SLOTS)] = entry;
        count++;
        used += entry.size;
    }

    private void evict(int allowed) {
        while (count > 0 && used > allowed) {
            int slot = (int) ((added - count) % SLOTS);
            Entry entry = ring[slot];
            if (entry == null) {
                throw new IllegalStateException("encoder table slot " + slot + ": null (expected: an entry)");
            }
            ring[slot] = null;
            unlink(entry);
            count--;
            used -= entry.size;
        }
    }

    private void unlink(Entry entry) {
        int bucket = entry.hash & (BUCKETS - 1);
        Entry at = buckets[bucket];
        if (at == null || at.number == entry.number) {
            buckets[bucket] = entry.next;
            return;
        }
        while (at.next != null && at.next.number != entry.number) {
            at = at.next;
        }
        at.next = entry.next;
    }

    private static void name(ByteBuffer target, HttpString name) {
        integer(target, 0, 7, name.length());
        for (int i = 0; i < name.length(); i++) {
            byte c = name.byteAt(i);
            target.put(c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c);
        }
    }

    private static void value(ByteBuffer target, String value, boolean compress) {
        int length = value.length();
        if (compress && length > 4 && plain(value)) {
            int limit = target.limit();
            target.limit(Math.min(limit, target.position() + length + 3));
            boolean done = HPackHuffman.encode(target, value, false);
            target.limit(limit);
            if (done) {
                return;
            }
        }
        integer(target, 0, 7, length);
        for (int i = 0; i < length; i++) {
            byte c = (byte) value.charAt(i);
            target.put(c == '\r' || c == '\n' || c == 0 ? (byte) ' ' : c);
        }
    }

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void integer(ByteBuffer target, int type, int prefix, int value) {
        int mask = (1 << prefix) - 1;
        if (value < mask) {
            target.put((byte) (type | value));
            return;
        }
        target.put((byte) (type | mask));
        int rest = value - mask;
        while (rest >= 0x80) {
            target.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }
}
