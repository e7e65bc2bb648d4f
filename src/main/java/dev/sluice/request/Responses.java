package dev.sluice.request;

/** Answers a request that no handler answers: error pages and internal redirects. */
public interface Responses {
    void fail(Request request, int status);

    /** The filters that there are. */
    default Filters filters(Request request) {
        return new Filters();
    }

    void redirectInternally(Request request, String target);
}
