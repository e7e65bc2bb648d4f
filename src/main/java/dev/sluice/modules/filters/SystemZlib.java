package dev.sluice.modules.filters;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The zlib that httpd itself calls, with the memory level and the window that the JDK's does not let one choose: the same bytes
 * come out. Offsets are those of z_stream where a long has eight bytes (zlib.h).
 */
final class SystemZlib implements Deflating {
    private static final int STREAM = 112;
    private static final int NEXT_IN = 0;
    private static final int AVAIL_IN = 8;
    private static final int TOTAL_IN = 16;
    private static final int NEXT_OUT = 24;
    private static final int AVAIL_OUT = 32;
    private static final int TOTAL_OUT = 40;
    private static final int METHOD_DEFLATED = 8;

    private static final boolean PRESENT = load();

    private final Memory stream = new Memory(STREAM);
    private final Memory in;
    private final Memory out;
    private boolean open = true;

    private SystemZlib(int level, int memLevel, int window, int inSize, int outSize) {
        stream.clear();
        in = new Memory(inSize);
        out = new Memory(outSize);
        // A raw stream: the frame of gzip is the filter's.
        int status = deflateInit2_(stream, level, METHOD_DEFLATED, -window, memLevel, 0, zlibVersion(), STREAM);
        if (status != 0) {
            throw new IllegalStateException("deflateInit2: " + status + " (expected: 0)");
        }
    }

    private static boolean load() {
        try {
            if (Native.LONG_SIZE != 8 || Native.POINTER_SIZE != 8) {
                return false;
            }
            Native.register(SystemZlib.class, NativeLibrary.getInstance("libz.so.1"));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    static boolean isPresent() {
        return PRESENT;
    }

    /** @param inSize most bytes given at once; {@code outSize} the most asked for */
    static Deflating open(int level, int memLevel, int window, int inSize, int outSize) {
        return new SystemZlib(level, memLevel, window, inSize, outSize);
    }

    private static native int deflateInit2_(
            Pointer stream, int level, int method, int window, int memLevel, int strategy, String version, int size);

    private static native int deflate(Pointer stream, int flush);

    private static native int deflateEnd(Pointer stream);

    private static native String zlibVersion();

    @Override
    public void input(byte[] bytes, int size) {
        in.write(0, bytes, 0, size);
        stream.setPointer(NEXT_IN, in);
        stream.setInt(AVAIL_IN, size);
    }

    @Override
    public boolean isInputTaken() {
        return stream.getInt(AVAIL_IN) == 0;
    }

    @Override
    public int deflate(byte[] bytes, int from, Flush flush) {
        int room = bytes.length - from;
        stream.setPointer(NEXT_OUT, out);
        stream.setInt(AVAIL_OUT, room);
        deflate(stream, flush.number);
        int got = room - stream.getInt(AVAIL_OUT);
        out.read(0, bytes, from, got);
        return got;
    }

    @Override
    public long totalIn() {
        return stream.getLong(TOTAL_IN);
    }

    @Override
    public long totalOut() {
        return stream.getLong(TOTAL_OUT);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            deflateEnd(stream);
            stream.close();
            in.close();
            out.close();
        }
    }
}
