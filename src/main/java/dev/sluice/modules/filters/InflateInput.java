package dev.sluice.modules.filters;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes gzip off the body of a request, within limits (deflate_in_filter, mod_deflate.c). */
final class InflateInput implements Filter {
    /** As mod_proxy has them in its lines. */
    private static final String GENERAL = "(20014)Internal error (specific information not available): ";

    private static final String INVALID = "(22)Invalid argument: ";
    private static final String NO_SPACE = "(28)No space left on device: ";

    private final Request request;
    private final Gunzip gunzip;
    private final long limit;
    private final int ratioLimit;
    private final int ratioBurst;
    private int overRatio;

    private InflateInput(Request request) {
        Settings settings = request.settings();
        this.request = request;
        this.gunzip =
                new Gunzip(request.server().settings().view(DeflateModule.TERMS).bufferSize());
        long own = settings.get(DeflateModule.INFLATE_LIMIT);
        this.limit = own >= 0 ? own : settings.get(CoreModule.LIMIT_REQUEST_BODY);
        this.ratioLimit = settings.get(DeflateModule.RATIO_LIMIT);
        this.ratioBurst = settings.get(DeflateModule.RATIO_BURST);
    }

    static @Nullable Filter begin(Request request) {
        HeaderMap headers = request.exchange().getRequestHeaders();
        boolean initial = request.main() == null && request.previous() == null;
        if (!initial || !GzipHeader.isLast(headers)) {
            return null;
        }
        // Content-Encoding stays: a backend is still told of it, as httpd does.
        headers.remove(Headers.CONTENT_LENGTH);
        headers.remove(Headers.CONTENT_MD5);
        return new InflateInput(request);
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        try {
            gunzip.write(piece, next, this::check);
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            request.log(Level.INFO, "deflate", "inflating a request failed: " + e.getMessage());
            throw new Refused(Refusal.of(400), "broken gzip", GENERAL);
        }
    }

    private void check(long in, long out) throws Refused {
        if (limit > 0 && out > limit) {
            request.log(
                    Level.INFO,
                    "deflate",
                    "inflated content length of " + out + " is larger than the configured limit of " + limit);
            throw new Refused(Refusal.of(413), "inflated to more than " + limit, NO_SPACE);
        }
        if (in > 0 && out / in > ratioLimit) {
            overRatio++;
            if (overRatio > ratioBurst) {
                request.log(
                        Level.INFO,
                        "deflate",
                        "inflated content ratio is larger than the configured limit " + ratioLimit + " by " + ratioBurst
                                + " time(s)");
                throw new Refused(Refusal.of(400), "inflated more than " + ratioLimit + " times", INVALID);
            }
        } else {
            overRatio = 0;
        }
    }

    @Override
    public void end(Next next) throws IOException {
        if (!gunzip.isOver() && !gunzip.isUntouched()) {
            request.log(Level.ERROR, "deflate", "AH02481: Encountered premature end-of-stream while inflating");
            throw new Refused(Refusal.of(400), "the compressed body is not complete", GENERAL);
        }
        gunzip.close();
        next.end();
    }

    @Override
    public void close() {
        gunzip.close();
    }
}
