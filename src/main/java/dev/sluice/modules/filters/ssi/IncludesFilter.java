package dev.sluice.modules.filters.ssi;

import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.modules.filters.IncludeModule;
import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/**
 * Looks a response through for elements of server-side includes (includes_filter, mod_include.c). The page is gathered, and
 * worked out by a worker thread, since elements look at files.
 */
public final class IncludesFilter implements Filter {
    /** Bytes of a page. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Request request;
    private final ByteArrayOutputStream page = new ByteArrayOutputStream(4096);
    private volatile byte @Nullable [] made;
    private final boolean runsPrograms;
    private boolean over;

    private IncludesFilter(Request request, boolean runsPrograms) {
        this.request = request;
        this.runsPrograms = runsPrograms;
    }

    /** @param runsPrograms whether a module is loaded that has {@code exec} */
    public static @Nullable Filter begin(Request request, boolean runsPrograms) {
        HeaderMap headers = request.exchange().getResponseHeaders();
        if (!request.settings().get(IncludeModule.ETAG)) {
            headers.remove(Headers.ETAG);
        }
        if (!request.settings().view(DirectoryOptions.IN_FORCE).has(DirectoryOptions.INCLUDES)) {
            request.log(
                    Level.WARN,
                    "include",
                    "AH01374: mod_include: Options +Includes (or IncludesNoExec) wasn't set, INCLUDES filter removed: "
                            + request.path());
            return null;
        }
        headers.remove(Headers.CONTENT_LENGTH);
        if (!keepsDate(request)) {
            headers.remove(Headers.LAST_MODIFIED);
        }
        return new IncludesFilter(request, runsPrograms);
    }

    /** Whether the file's date is the page's. May block. */
    public static boolean keepsDate(Request request) {
        String name = request.filename();
        return request.settings().get(IncludeModule.LAST_MODIFIED)
                || (request.settings().get(IncludeModule.XBIT_HACK) == IncludeModule.XBit.FULL
                        && name != null
                        && !request.isProxied()
                        && IncludeModule.mayExecute(name, PosixFilePermission.GROUP_EXECUTE));
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        if (page.size() + piece.remaining() > LARGEST) {
            throw new IOException("a page of more than " + LARGEST + " bytes");
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        page.write(bytes);
    }

    /** The whole page is needed. */
    @Override
    public void flush(Next next) {}

    @Override
    public void pass(Next next) {}

    @Override
    public void end(Next next) {
        String text = page.toString(StandardCharsets.ISO_8859_1);
        request.exchange().getConnection().getWorker().execute(() -> {
            try {
                made = Page.of(request, text, runsPrograms).getBytes(StandardCharsets.ISO_8859_1);
            } catch (RuntimeException e) {
                request.log(Level.ERROR, "include", "a page cannot be worked out: " + e);
                made = new byte[0];
            }
            next.wake();
        });
    }

    @Override
    public void proceed(Next next) throws IOException {
        byte[] done = made;
        if (done != null && !over) {
            over = true;
            next.write(done);
            next.pass();
            next.end();
        }
    }
}
