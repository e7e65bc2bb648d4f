package dev.sluice.modules.http2;

import dev.sluice.request.Environment;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.wire.http2.Http2ServerConnection;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.atomic.AtomicLong;

/** What conditions, logs and headers may know of a request that came over HTTP/2. Nothing is set for others. */
final class Http2Variables {
    /** The session's number, where one was asked for. */
    private static final AttachmentKey<Long> SESSION = AttachmentKey.create(Long.class);

    private static final AtomicLong LAST_SESSION = new AtomicLong();

    private Http2Variables() {}

    static Outcome set(Request request) {
        if (request.exchange().getConnection() instanceof Http2ServerConnection stream) {
            Environment environment = request.environment();
            environment.set("HTTP2", "on");
            environment.set("H2PUSH", "off");
            environment.set("H2_PUSH", "off");
            environment.set("H2_PUSHED", "");
            environment.set("H2_PUSHED_ON", "");
            environment.set("H2_STREAM_ID", Integer.toString(stream.streamId()));
            environment.set("H2_STREAM_TAG", session(stream) + "-" + stream.streamId());
        }
        return Outcome.DECLINED;
    }

    private static long session(ServerConnection connection) {
        Long known = connection.getAttachment(SESSION);
        if (known == null) {
            known = LAST_SESSION.incrementAndGet();
            connection.putAttachment(SESSION, known);
        }
        return known;
    }
}
