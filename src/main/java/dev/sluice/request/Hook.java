package dev.sluice.request;

/** Decides one thing about a request, at once: a hook never waits for a socket. */
@FunctionalInterface
public interface Hook {
    Outcome run(Request request);
}
