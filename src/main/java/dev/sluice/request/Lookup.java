package dev.sluice.request;

/** Runs phases up to {@link Phase#FIXUPS} for another URL of the same client, without an answer (ap_sub_req_lookup_uri). */
public interface Lookup {
    /** Blocks, for worker threads. {@code uri} is escaped and may be relative to {@code from}'s path. */
    Result of(Request from, String uri);

    /**
     * As {@link #of}, for a file whose URL nobody needs to know (ap_sub_req_lookup_file).
     *
     * @param filename relative to the folder of {@code from}'s file
     */
    Result ofFile(Request from, String filename);

    /**
     * What the phases came to.
     *
     * @param request as they left it; {@link Outcome#goOnWith} lets it be answered
     * @param status 200 where they all agreed, else the status that ended them
     */
    record Result(Request request, int status) {
        /** True where there is something to answer with: a regular file, or a backend. */
        public boolean isAnswerable() {
            var file = request.file();
            return status == 200 && (request.isProxied() || (file != null && file.isRegularFile()));
        }
    }
}
