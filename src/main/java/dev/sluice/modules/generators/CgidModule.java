package dev.sluice.modules.generators;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.generators.cgi.CgiLines;
import dev.sluice.modules.generators.cgi.ScriptHandler;
import dev.sluice.modules.generators.cgi.Scripts;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_cgid: as mod_cgi. httpd's has a daemon start the scripts, which there is no need of here. */
public final class CgidModule implements HttpdModule {
    private @Nullable ScriptHandler handler;

    @Override
    public String id() {
        return "cgid_module";
    }

    @Override
    public String file() {
        return "mod_cgid.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>(CgiLines.shared());
        rows.add(directive(
                "ScriptSock", Places.MAIN_SERVER, ignored(Args.TAKE1, "scripts are started without a daemon")));
        rows.add(CgiLines.timeout("CGIDScriptTimeout"));
        return List.copyOf(rows);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.HANDLER, request -> {
            ScriptHandler own = handler;
            return own == null ? Outcome.DECLINED : own.answer(request);
        });
    }

    @Override
    public void start(Start start) {
        Scripts scripts = new Scripts();
        start.onStop(scripts::close);
        handler = new ScriptHandler(ScriptHandler.CGID, scripts);
    }
}
