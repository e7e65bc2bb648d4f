package dev.sluice.modules.generators;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.generators.cgi.CgiLines;
import java.util.ArrayList;
import java.util.List;

/** mod_cgid: as mod_cgi. httpd's has a daemon start the scripts, which there is no need of here. */
public final class CgidModule implements HttpdModule {
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
}
