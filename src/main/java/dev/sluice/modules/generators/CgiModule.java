package dev.sluice.modules.generators;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.generators.cgi.CgiLines;
import java.util.ArrayList;
import java.util.List;

/** mod_cgi: scripts that answer, each in a process of its own. */
public final class CgiModule implements HttpdModule {
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
}
