package dev.sluice.modules.generators;

import dev.sluice.directive.Directive;
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

/** mod_cgi: scripts that answer, each in a process of its own. */
public final class CgiModule implements HttpdModule {
    private @Nullable ScriptHandler handler;

    @Override
    public String id() {
        return "cgi_module";
    }

    @Override
    public String file() {
        return "mod_cgi.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>(CgiLines.shared());
        rows.add(CgiLines.timeout("CGIScriptTimeout"));
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
        handler = new ScriptHandler(ScriptHandler.CGI, scripts);
    }
}
