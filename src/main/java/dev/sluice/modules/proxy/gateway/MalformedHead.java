package dev.sluice.modules.proxy.gateway;

import java.io.IOException;

/** An answer whose head is none; the log knows already. */
public final class MalformedHead extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedHead() {
        super("head of an answer: malformed");
    }
}
