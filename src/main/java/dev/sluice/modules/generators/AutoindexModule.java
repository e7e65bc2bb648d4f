package dev.sluice.modules.generators;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.modules.core.UnreadBody;
import dev.sluice.modules.generators.autoindex.DirectoryIndex;
import dev.sluice.modules.generators.autoindex.IndexLines;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** mod_autoindex: lists of folders that have no page of their own. */
public final class AutoindexModule implements HttpdModule {
    @Override
    public String id() {
        return "autoindex_module";
    }

    @Override
    public String file() {
        return "mod_autoindex.c";
    }

    @Override
    public List<Directive> directives() {
        return IndexLines.rows();
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.HANDLER, AutoindexModule::answer);
    }

    /** handle_autoindex, mod_autoindex.c. */
    private static Outcome answer(Request request) {
        BasicFileAttributes file = request.file();
        if (file == null || !file.isDirectory() || request.isProxied() || request.handler() != null) {
            return Outcome.DECLINED;
        }
        String method = request.method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Outcome.DECLINED;
        }
        if (!request.settings().view(DirectoryOptions.IN_FORCE).has(DirectoryOptions.INDEXES)) {
            String names = request.hasNotes() ? request.notes().get("dir-index-names") : null;
            request.log(
                    Level.ERROR,
                    "autoindex",
                    "AH01276: Cannot serve directory " + request.filename() + ": No matching DirectoryIndex ("
                            + (names == null ? "none" : names)
                            + ") found, and server-generated directory index forbidden by Options directive");
            return Outcome.status(403);
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        int refused = UnreadBody.status(request);
        return refused != 0 ? Outcome.status(refused) : DirectoryIndex.of(request, file);
    }
}
