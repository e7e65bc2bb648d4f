package dev.sluice.modules.proxy.gateway;

import dev.sluice.modules.core.ScriptHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The head of a script's answer, for protocols that leave it to the script. */
final class ScriptAnswer implements GatewayHead {
    private final ScriptHead head;
    private final boolean redirects;
    private boolean complete;

    /** @param redirects whether a path in Location sends the request there */
    ScriptAnswer(ScriptHead head, boolean redirects) {
        this.head = head;
        this.redirects = redirects;
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
    public @Nullable String internalRedirect() {
        String location = head.location();
        return redirects && head.redirects() && location != null && location.startsWith("/") ? location : null;
    }
}
