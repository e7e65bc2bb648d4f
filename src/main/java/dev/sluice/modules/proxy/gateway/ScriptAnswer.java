package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.ScriptHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The head of a script's answer, for protocols that leave it to the script. */
final class ScriptAnswer implements GatewayHead {
    private final ScriptHead head;
    private final boolean redirects;
    private final boolean tellsTimeout;
    private boolean complete;

    /**
     * @param redirects whether a path in Location sends the request there
     * @param tellsTimeout whether the log has a line of its own for a head that does not come
     */
    ScriptAnswer(ScriptHead head, boolean redirects, boolean tellsTimeout) {
        this.head = head;
        this.redirects = redirects;
        this.tellsTimeout = tellsTimeout;
    }

    boolean isComplete() {
        return complete;
    }

    boolean take(ByteBuffer received) throws MalformedHead {
        switch (head.read(received)) {
            case MALFORMED -> throw new MalformedHead();
            case COMPLETE -> complete = true;
            case MORE -> {}
        }
        return complete;
    }

    /** Nothing more will come; an application that says nothing at all has an empty answer. */
    void endOrEmpty() throws IOException {
        if (head.isEmpty()) {
            complete = true;
        }
        end();
    }

    /** Nothing more will come. */
    void end() throws IOException {
        if (!complete) {
            head.end();
            throw new MalformedHead();
        }
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public int apply() {
        return head.apply();
    }

    @Override
    public void timedOut() {
        if (tellsTimeout) {
            head.timedOut();
        }
    }

    @Override
    public @Nullable String internalRedirect() {
        String location = head.location();
        return redirects && head.redirects() && location != null && location.startsWith("/") ? location : null;
    }
}
