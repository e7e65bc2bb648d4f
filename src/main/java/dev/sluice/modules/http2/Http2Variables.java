package dev.sluice.modules.http2;

import dev.sluice.request.Environment;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import dev.sluice.wire.http2.Http2ServerConnection;

/** What conditions, logs and headers may know of a request that came over HTTP/2. Nothing is set for others. */
final class Http2Variables {
    private Http2Variables() {}

    static Outcome set(Request request) {
        if (request.exchange().getConnection() instanceof Http2ServerConnection stream) {
            Environment environment = request.environment();
            String push = stream.pushes() && Pushes.policy(request) != Pushes.Policy.NONE ? "on" : "off";
            int on = stream.pushedOn();
            environment.set("HTTP2", "on");
            environment.set("H2PUSH", push);
            environment.set("H2_PUSH", push);
            environment.set("H2_PUSHED", on == 0 ? "" : "PUSHED");
            environment.set("H2_PUSHED_ON", on == 0 ? "" : Integer.toString(on));
            environment.set("H2_STREAM_ID", Integer.toString(stream.streamId()));
            environment.set("H2_STREAM_TAG", stream.session().number() + "-" + stream.streamId());
        }
        return Outcome.DECLINED;
    }
}
