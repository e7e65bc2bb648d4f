package dev.sluice.request;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A filter at work on one body, of a response or of a request: httpd's {@code ap_filter_t}. It is given the body in pieces and
 * gives on what it makes of them. Belongs to the thread of its exchange; never waits for anything. What cannot be done at once
 * is done elsewhere: until then {@link #isReady} is false, and {@link Next#wake} tells that it is done.
 */
public interface Filter {
    /** The whole of {@code piece} is taken; it is the caller's again afterwards. */
    void write(ByteBuffer piece, Next next) throws IOException;

    /** Whoever makes the body has nothing more at present: what is held back should go on its way (a FLUSH bucket). */
    default void flush(Next next) throws IOException {
        next.flush();
    }

    /** A brigade is full: the rest of the body comes later, but soon. Filters that gather the body do not pass it on. */
    default void pass(Next next) throws IOException {
        next.pass();
    }

    /** The body is complete (an EOS bucket). Told once; a filter that is not ready tells the next one later. */
    default void end(Next next) throws IOException {
        next.end();
    }

    /** What was made elsewhere meanwhile goes on now. Called on the thread of the exchange, again and again. */
    default void proceed(Next next) throws IOException {}

    /** Whether another piece may come. */
    default boolean isReady() {
        return true;
    }

    /** The exchange is over, whether the body is complete or not. Frees what the filter holds. Told at least once. */
    default void close() {}

    /** What stands behind a filter: another one, or whoever sends or reads the body. */
    interface Next {
        void write(ByteBuffer piece) throws IOException;

        default void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                write(ByteBuffer.wrap(bytes, offset, length));
            }
        }

        default void write(byte[] bytes) throws IOException {
            write(bytes, 0, bytes.length);
        }

        void flush() throws IOException;

        void pass() throws IOException;

        void end() throws IOException;

        /** The filter has nothing to do: the rest of the body goes past it. */
        void remove();

        /** A filter that was not ready may be by now. Any thread may call it. */
        void wake();

        Request request();
    }

    /**
     * A filter as modules register it: httpd's {@code ap_filter_rec_t}.
     *
     * @param name names of filters are the same in any case
     * @param type where it stands, as {@link FilterType} counts
     */
    record Kind(String name, int type, Maker maker) {}

    /** Makes the filter of one body. */
    @FunctionalInterface
    interface Maker {
        /**
         * Called when the head is known and no byte has passed: for a response all its headers are set, but may still be
         * changed; for a request before anybody reads the body.
         *
         * @return null where the filter leaves this body alone
         */
        @Nullable
        Filter begin(Request request);
    }
}
