package dev.sluice.modules.mappers.rewrite;

import dev.sluice.expression.Captures;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known while one rule is tried: the request, what matched, and whether the answer varies by it. */
final class RuleMatch {
    private final Trace trace;
    private final Map<String, RewriteMap> maps;
    private final @Nullable String directory;
    private final @Nullable String base;
    private Request request;
    private String uri = "";
    private @Nullable Captures ofRule;
    private @Nullable Captures ofCondition;
    private @Nullable String varyBy;
    private boolean smuggled;

    /**
     * @param directory of the rules; null for those of a server
     * @param base RewriteBase; null where there is none
     */
    RuleMatch(
            Request request,
            Trace trace,
            Map<String, RewriteMap> maps,
            @Nullable String directory,
            @Nullable String base) {
        this.request = request;
        this.trace = trace;
        this.maps = maps;
        this.directory = directory;
        this.base = base;
    }

    Trace trace() {
        return trace;
    }

    /** The one that variables speak of. */
    Request request() {
        return request;
    }

    /** A rule's pattern matched {@code uri}, or, where {@code groups} is null, was meant not to. */
    void begin(String uri, @Nullable Captures groups) {
        this.uri = uri;
        this.ofRule = groups;
        this.ofCondition = null;
        this.varyBy = null;
        this.smuggled = false;
    }

    void condition(@Nullable Captures groups) {
        ofCondition = groups;
    }

    String group(boolean condition, int number) {
        Captures groups = condition ? ofCondition : ofRule;
        return groups == null ? "" : groups.group(number);
    }

    @Nullable
    String map(String name, String key) {
        RewriteMap map = maps.get(name);
        return map == null ? null : map.lookUp(name, key, trace);
    }

    void varyBy(String field) {
        String known = varyBy;
        varyBy = known == null ? field : known + ", " + field;
    }

    /** The fields that were looked at since this was asked last; null for none. */
    @Nullable
    String takeVaryBy() {
        String fields = varyBy;
        varyBy = null;
        return fields;
    }

    /** {@code did}: the first question mark of an expanded text did not stand in the template. */
    void smuggled(boolean did) {
        smuggled = did;
    }

    boolean isSmuggled() {
        return smuggled;
    }

    /** False where looking ahead would only come here again (subreq_ok). */
    boolean mayLookAhead() {
        Request main = request.main();
        return main == null || !main.path().equals(request.path());
    }

    /** The value of {@code variable} once the URL, or the file, was mapped. */
    @Nullable
    String ahead(Variable variable, String name, boolean asFile) {
        if (!mayLookAhead()) {
            return null;
        }
        Request asking = request;
        String path = uri;
        Lookup.Result found;
        if (asFile && (directory == null || !uri.startsWith("/"))) {
            path = directory == null ? uri : directory + uri;
            found = asking.lookUpFile(path);
        } else {
            if (!asFile && directory != null && !uri.startsWith("/")) {
                path = (base == null ? directory : base) + uri;
            }
            found = asking.lookUp(path);
        }
        request = found.request();
        String value = variable.text(this);
        request = asking;
        trace.inDirectory(5, "lookahead: path=" + path + " var=" + name + " -> val=" + value);
        return value;
    }
}
