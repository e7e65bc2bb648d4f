package dev.sluice.modules.filters;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An encoder of the machine's own Brotli library (brotli/encode.h). */
final class SystemBrotli implements AutoCloseable {
    private static final int QUALITY = 1;
    private static final int WINDOW = 2;
    private static final int BLOCK = 3;

    /** BrotliEncoderOperation. */
    enum Operation {
        PROCESS(0),
        FLUSH(1),
        FINISH(2);

        private final int number;

        Operation(int number) {
            this.number = number;
        }
    }

    private static final boolean PRESENT = load();

    private final Memory in;
    private final Memory out;
    private final Memory counts = new Memory(32);
    private @Nullable Pointer encoder;
    private long total;

    /** @param block 0 for the encoder's own choice; {@code size} most bytes in and out at once */
    SystemBrotli(int quality, int window, int block, int size) {
        in = new Memory(size);
        out = new Memory(size);
        Pointer made = BrotliEncoderCreateInstance(null, null, null);
        BrotliEncoderSetParameter(made, QUALITY, quality);
        BrotliEncoderSetParameter(made, WINDOW, window);
        BrotliEncoderSetParameter(made, BLOCK, block);
        encoder = made;
    }

    private static boolean load() {
        try {
            if (Native.SIZE_T_SIZE != 8 || Native.POINTER_SIZE != 8) {
                return false;
            }
            Native.register(SystemBrotli.class, NativeLibrary.getInstance("libbrotlienc.so.1"));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    static boolean isPresent() {
        return PRESENT;
    }

    private static native Pointer BrotliEncoderCreateInstance(
            @Nullable Pointer alloc, @Nullable Pointer free, @Nullable Pointer opaque);

    private static native int BrotliEncoderSetParameter(Pointer encoder, int parameter, int value);

    private static native int BrotliEncoderCompressStream(
            Pointer encoder,
            int operation,
            Pointer availableIn,
            Pointer nextIn,
            Pointer availableOut,
            Pointer nextOut,
            @Nullable Pointer totalOut);

    private static native int BrotliEncoderHasMoreOutput(Pointer encoder);

    private static native void BrotliEncoderDestroyInstance(Pointer encoder);

    /** Where compressed bytes go. */
    interface Sink {
        void write(byte[] bytes) throws IOException;
    }

    /** Has the encoder take all of {@code bytes}, and hands on what it gives. */
    void compress(byte[] bytes, int size, Operation operation, Sink to) throws IOException {
        Pointer running = encoder;
        if (running == null) {
            return;
        }
        in.write(0, bytes, 0, size);
        counts.setLong(0, size);
        counts.setPointer(8, in);
        do {
            counts.setLong(16, out.size());
            counts.setPointer(24, out);
            int ok = BrotliEncoderCompressStream(
                    running, operation.number, counts, counts.share(8), counts.share(16), counts.share(24), null);
            if (ok == 0) {
                throw new IOException("Brotli's encoder failed");
            }
            int got = (int) (out.size() - counts.getLong(16));
            total += got;
            if (got > 0) {
                to.write(out.getByteArray(0, got));
            }
        } while (counts.getLong(0) > 0 || BrotliEncoderHasMoreOutput(running) != 0);
    }

    long totalOut() {
        return total;
    }

    @Override
    public void close() {
        Pointer running = encoder;
        if (running != null) {
            encoder = null;
            BrotliEncoderDestroyInstance(running);
            in.close();
            out.close();
            counts.close();
        }
    }
}
