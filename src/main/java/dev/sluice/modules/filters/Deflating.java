package dev.sluice.modules.filters;

import java.util.zip.Deflater;

/** One stream of zlib's deflate, without a frame. */
interface Deflating extends AutoCloseable {
    enum Flush {
        NONE(Deflater.NO_FLUSH),
        SYNC(Deflater.SYNC_FLUSH),
        FINISH(4);

        final int number;

        Flush(int number) {
            this.number = number;
        }
    }

    /** {@code bytes} stay as they are until {@link #isInputTaken}. */
    void input(byte[] bytes, int size);

    boolean isInputTaken();

    /** Bytes that were written into {@code out} from {@code from} on. */
    int deflate(byte[] out, int from, Flush flush);

    long totalIn();

    long totalOut();

    @Override
    void close();

    /** The machine's own zlib where it can be called, else the JDK's, which knows neither memory level nor window. */
    static Deflating open(int level, int memLevel, int window, int inSize, int outSize) {
        return SystemZlib.isPresent() ? SystemZlib.open(level, memLevel, window, inSize, outSize) : new OfJdk(level);
    }

    /** The JDK's. */
    final class OfJdk implements Deflating {
        private final Deflater deflater;

        OfJdk(int level) {
            deflater = new Deflater(level, true);
        }

        @Override
        public void input(byte[] bytes, int size) {
            deflater.setInput(bytes, 0, size);
        }

        @Override
        public boolean isInputTaken() {
            return deflater.needsInput();
        }

        @Override
        public int deflate(byte[] out, int from, Flush flush) {
            if (flush == Flush.FINISH) {
                deflater.finish();
                return deflater.deflate(out, from, out.length - from);
            }
            return deflater.deflate(out, from, out.length - from, flush.number);
        }

        @Override
        public long totalIn() {
            return deflater.getBytesRead();
        }

        @Override
        public long totalOut() {
            return deflater.getBytesWritten();
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
