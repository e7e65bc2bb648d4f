package dev.sluice.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import org.xnio.ChannelExceptionHandler;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** Ends an answer that has a head alone. */
public final class EmptyAnswer {
    private static final ChannelExceptionHandler<StreamSinkChannel> CLOSE =
            (channel, failure) -> IoUtils.safeClose(channel);

    private EmptyAnswer() {}

    /** To HEAD no length is told that the headers do not tell: the end of an exchange would make it 0. */
    public static void end(HttpServerExchange exchange) {
        boolean unknown = exchange.getRequestMethod().equals(Methods.HEAD)
                && !exchange.getResponseHeaders().contains(Headers.CONTENT_LENGTH);
        StreamSinkChannel sink = unknown ? exchange.getResponseChannel() : null;
        if (sink == null) {
            exchange.endExchange();
            return;
        }
        try {
            sink.shutdownWrites();
            if (!sink.flush()) {
                sink.getWriteSetter().set(ChannelListeners.flushingChannelListener(null, CLOSE));
                sink.resumeWrites();
            }
        } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }
}
