package dev.sluice.request;

/** Answers a request that no handler answers: error pages and internal redirects. */
public interface Responses {
    void fail(Request request, int status);

    void redirectInternally(Request request, String target);
}
