package dev.sluice.modules.mappers.rewrite;

import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rules left on an exchange, for those that run later: in the next round, or on another thread. */
final class RewriteMarks {
    private static final AttachmentKey<RewriteMarks> KEY = AttachmentKey.create(RewriteMarks.class);

    /** A note on a lookup whose rules ended for good; a client's own request has {@link #ended}. */
    private static final String ENDED = "rewrite_really_last";

    private final Set<String> cookies = new HashSet<>();
    private boolean ended;
    private @Nullable Rewriting waiting;

    static RewriteMarks of(Request request) {
        HttpServerExchange exchange = request.exchange();
        RewriteMarks known = exchange.getAttachment(KEY);
        if (known == null) {
            known = new RewriteMarks();
            exchange.putAttachment(KEY, known);
        }
        return known;
    }

    static boolean hasEnded(Request request) {
        if (request.main() != null) {
            return request.notes().has(ENDED);
        }
        RewriteMarks known = request.exchange().getAttachment(KEY);
        return known != null && known.ended;
    }

    void end(Request request) {
        if (request.main() == null) {
            ended = true;
        } else {
            request.notes().set(ENDED, "1");
        }
    }

    /** True for the first of that name. */
    boolean isNewCookie(String name) {
        return cookies.add(name);
    }

    /** Rules that must go on where they may wait. */
    void await(Rewriting rewriting) {
        waiting = rewriting;
    }

    /** The rules of {@code directory}, null for the server's, that {@code request} waits with; null where there are none. */
    static @Nullable Rewriting take(Request request, @Nullable String directory) {
        RewriteMarks known = request.exchange().getAttachment(KEY);
        Rewriting found = known == null ? null : known.waiting;
        if (known == null || found == null || !found.isOf(request, directory)) {
            return null;
        }
        known.waiting = null;
        return found;
    }
}
