package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import org.jspecify.annotations.Nullable;

/** The lines that LogLevel {@code rewrite:trace1} to {@code trace8} keeps (do_rewritelog, mod_rewrite.c). */
final class Trace {
    private static final String MODULE = "rewrite";
    private static final Level[] LEVELS = {
        Level.DEBUG,
        Level.TRACE1,
        Level.TRACE2,
        Level.TRACE3,
        Level.TRACE4,
        Level.TRACE5,
        Level.TRACE6,
        Level.TRACE7,
        Level.TRACE8
    };

    private final Request request;
    private final @Nullable String directory;
    private final int kept;

    Trace(Request request, @Nullable String directory) {
        this.request = request;
        this.directory = directory;
        this.kept = kept(request.errorLog());
    }

    private static int kept(ErrorLog log) {
        int level = 0;
        while (level < 8 && log.keeps(LEVELS[level + 1], MODULE)) {
            level++;
        }
        return level;
    }

    boolean keeps(int level) {
        return level <= kept;
    }

    /** A line that names the directory whose rules are at work. */
    void inDirectory(int level, String text) {
        log(level, directory == null ? text : "[perdir " + directory + "] " + text);
    }

    /** The caller asks {@link #keeps} first where making the text costs. */
    void log(int level, String text) {
        if (!keeps(level)) {
            return;
        }
        int redirects = 0;
        Request main = request.main();
        for (Request before = request.previous(); before != null && !before.equals(main); before = before.previous()) {
            redirects++;
        }
        boolean sub = main != null;
        String user = request.user();
        request.log(
                LEVELS[level],
                MODULE,
                IpText.of(request.exchange().getSourceAddress()) + " - " + (user == null ? "-" : user) + " ["
                        + SelfReference.serverName(request) + "/sid#"
                        + Integer.toHexString(System.identityHashCode(request.server())) + "][rid#"
                        + Integer.toHexString(System.identityHashCode(request)) + "/" + (sub ? "subreq" : "initial")
                        + (redirects == 0 ? "" : "/redir#" + redirects) + "] " + text);
    }

    void error(String message) {
        request.log(Level.ERROR, MODULE, message);
    }
}
