package dev.sluice.modules.proxy;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_proxy_scgi: applications that speak SCGI. {@link ProxyModule} asks whether it is loaded. */
public final class ProxyScgiModule implements HttpdModule {
    /** ProxySCGIInternalRedirect: On, Off, or the name of the header that has the path. */
    static final Setting<String> INTERNAL_REDIRECT = perDirectory("ProxySCGIInternalRedirect", "On");

    @Override
    public String id() {
        return "proxy_scgi_module";
    }

    @Override
    public String file() {
        return "mod_proxy_scgi.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "ProxySCGISendfile",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE1, ProxyScgiModule::sendfile)
                                .partly("only Off: an application does not name files to be sent")),
                directive("ProxySCGIInternalRedirect", SERVERS_AND_DIRECTORIES, sets(INTERNAL_REDIRECT, word())));
    }

    /** To go on without it would send the client an answer that was never meant for it. */
    private static void sendfile(Line line, Scope scope) throws BadArgument {
        if (!line.words().get(0).text().equalsIgnoreCase("off")) {
            throw BadArgument.refusal(
                    "ProxySCGISendfile is not supported: an application does not name files to be sent");
        }
    }
}
