package dev.sluice.modules.core;

import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.wire.Refused;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSourceChannel;

/**
 * A body that comes with a request for a file. LimitRequestBody bounds it, though nobody wants it (ap_discard_request_body);
 * a proxied body is bounded by the backend alone.
 */
public final class UnreadBody {
    private UnreadBody() {}

    /** True where the body must be read to know how long it is: in chunks, or over HTTP/2 without a length. */
    static boolean isOfUnknownLength(Request request) {
        HttpServerExchange exchange = request.exchange();
        return !exchange.isRequestComplete()
                && exchange.getRequestContentLength() < 0
                && request.settings().get(CoreModule.LIMIT_REQUEST_BODY) > 0;
    }

    /** The status for a body that is too long or broken, or 0. Blocks where its length is unknown. */
    public static int status(Request request) {
        long limit = request.settings().get(CoreModule.LIMIT_REQUEST_BODY);
        long length = request.exchange().getRequestContentLength();
        if (limit > 0 && length > limit) {
            request.log(
                    Level.INFO,
                    "http",
                    "AH01588: Requested content-length of " + length + " is larger than the configured limit of "
                            + limit);
            return 413;
        }
        return isOfUnknownLength(request) ? statusWhenRead(request, limit) : 0;
    }

    private static int statusWhenRead(Request request, long limit) {
        HttpServerExchange exchange = request.exchange();
        StreamSourceChannel body = exchange.getRequestChannel();
        if (body == null) {
            return 0;
        }
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            return read(body, pooled.getBuffer(), limit) ? 0 : tooLong(request, limit);
        } catch (Refused e) {
            return e.refusal().status();
        } catch (IOException e) {
            return 400;
        }
    }

    /** False where more than {@code limit} came. */
    private static boolean read(StreamSourceChannel body, ByteBuffer buffer, long limit) throws IOException {
        long read = 0;
        int count = Channels.readBlocking(body, buffer);
        while (count >= 0 && read + count <= limit) {
            read += count;
            buffer.clear();
            count = Channels.readBlocking(body, buffer);
        }
        return count < 0;
    }

    private static int tooLong(Request request, long limit) {
        request.log(
                Level.INFO,
                "http",
                "AH01591: Read content length of more than the configured limit of " + limit + " from "
                        + request.path());
        return 413;
    }
}
