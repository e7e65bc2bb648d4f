package dev.sluice.wire.http2;

import dev.sluice.wire.http2.HeaderField.Kind;
import io.undertow.protocols.http2.HPackHuffman;
import io.undertow.protocols.http2.HpackException;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads header blocks (RFC 7541). Every block of a connection must come by, wanted or not, or the tables of the two ends part. */
final class HeaderDecoder {
    /** The table size that holds until a SETTINGS frame says otherwise; ours never does. */
    static final int TABLE_SIZE = 4096;

    private static final int SLOTS = TABLE_SIZE / HeaderField.OVERHEAD + 1;

    /** Told of each field, in order. */
    interface Fields {
        void field(HeaderField field);
    }

    private final @Nullable HeaderField[] table = new @Nullable HeaderField[SLOTS];
    private int newest;
    private int count;
    private int used;
    private int limit = TABLE_SIZE;
    private byte[] scratch = new byte[256];
    private final StringBuilder text = new StringBuilder();

    /** Reads the whole block from position to limit. */
    void decode(ByteBuffer block, Fields fields) throws Http2Exception {
        boolean start = true;
        while (block.hasRemaining()) {
            int first = block.get();
            if ((first & 0x80) != 0) {
                fields.field(entry(integer(block, first, 7)));
            } else if ((first & 0xe0) == 0x20) {
                if (!start) {
                    throw compression("a table size update in the middle of a header block");
                }
                resize(integer(block, first, 5));
                continue;
            } else {
                boolean indexed = (first & 0x40) != 0;
                HeaderField field = literal(block, integer(block, first, indexed ? 6 : 4));
                fields.field(field);
                if (indexed) {
                    add(field);
                }
            }
            start = false;
        }
    }

    private HeaderField literal(ByteBuffer block, int index) throws Http2Exception {
        if (index > 0) {
            HeaderField named = entry(index);
            boolean nameWellFormed = (named.kind != Kind.REGULAR && named.kind != Kind.UNKNOWN_PSEUDO)
                    || HeaderRules.nameAllowed(named.name);
            return new HeaderField(named.name, named.kind, nameWellFormed, string(block));
        }
        String text = string(block);
        HttpString name = new HttpString(text);
        StaticTable.Name known = lowerCase(text) ? StaticTable.known(name) : null;
        if (known != null) {
            return new HeaderField(known.name(), known.kind(), true, string(block));
        }
        Kind kind = text.startsWith(":") ? Kind.UNKNOWN_PSEUDO : Kind.REGULAR;
        return new HeaderField(name, kind, HeaderRules.nameAllowed(name), string(block));
    }

    private static boolean lowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                return false;
            }
        }
        return true;
    }

    private HeaderField entry(int index) throws Http2Exception {
        if (index > 0 && index <= StaticTable.SIZE) {
            return StaticTable.field(index);
        }
        int age = index - StaticTable.SIZE - 1;
        if (index <= 0 || age >= count) {
            throw compression("header table index " + index + " of " + (StaticTable.SIZE + count));
        }
        HeaderField field = table[Math.floorMod(newest - age, SLOTS)];
        if (field == null) {
            throw new IllegalStateException("header table entry " + index + ": null (expected: a field)");
        }
        return field;
    }

    private void add(HeaderField field) {
        evict(limit - field.size);
        if (field.size <= limit) {
            newest = (newest + 1) % SLOTS;
            table[newest] = field;
            count++;
            used += field.size;
        }
    }

    private void resize(int size) throws Http2Exception {
        if (size > TABLE_SIZE) {
            throw compression("header table size " + size + ", more than " + TABLE_SIZE);
        }
        limit = size;
        evict(size);
    }

    private void evict(int allowed) {
        while (count > 0 && used > allowed) {
            int oldest = Math.floorMod(newest - count + 1, SLOTS);
            HeaderField field = table[oldest];
            table[oldest] = null;
            count--;
            used -= field == null ? 0 : field.size;
        }
    }

    private static int integer(ByteBuffer block, int first, int prefix) throws Http2Exception {
        int mask = (1 << prefix) - 1;
        int value = first & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            if (!block.hasRemaining()) {
                throw compression("an integer that ends with the header block");
            }
            int next = block.get();
            value += (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw compression("an integer above 2^28");
    }

    private String string(ByteBuffer block) throws Http2Exception {
        if (!block.hasRemaining()) {
            throw compression("a header field that ends with the header block");
        }
        int first = block.get();
        int length = integer(block, first, 7);
        if (length > block.remaining()) {
            throw compression("a header string of " + length + " bytes where " + block.remaining() + " are left");
        }
        if ((first & 0x80) != 0) {
            return huffman(block, length);
        }
        if (length == 0) {
            return "";
        }
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        block.get(scratch, 0, length);
        return new String(scratch, 0, length, StandardCharsets.ISO_8859_1);
    }

    private String huffman(ByteBuffer block, int length) throws Http2Exception {
        text.setLength(0);
        try {
            HPackHuffman.decode(block, length, text);
        } catch (HpackException | IndexOutOfBoundsException e) {
            throw compression("a header string that is no Huffman code");
        }
        return text.toString();
    }

    private static Http2Exception compression(String message) {
        return new Http2Exception(Http2Error.COMPRESSION_ERROR, message);
    }
}
