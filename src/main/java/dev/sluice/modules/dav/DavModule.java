package dev.sluice.modules.dav;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Places.DIRECTORIES;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_dav: methods that change what is served, which are refused. */
public final class DavModule implements HttpdModule {
    /** Why lines that would tune WebDAV have nothing to tune. */
    static final String NO_DAV = "there is no WebDAV: Dav On is refused";

    @Override
    public String id() {
        return "dav_module";
    }

    @Override
    public String file() {
        return "mod_dav.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("DAV", DIRECTORIES, refusedUnlessOff()),
                directive("DAVBasePath", DIRECTORIES, ignored(Args.TAKE1, NO_DAV)),
                directive("DAVMinTimeout", SERVERS_AND_DIRECTORIES, checked(DavModule::timeout)),
                directive("DAVDepthInfinity", SERVERS_AND_DIRECTORIES, ignored(Args.FLAG, NO_DAV)),
                directive("DAVLockDiscovery", SERVERS_AND_DIRECTORIES, ignored(Args.FLAG, NO_DAV)));
    }

    /** Files are changed by whoever may; to serve them unchanged instead is not what the line asks for. */
    private static Directive.Does refusedUnlessOff() {
        String why = "mod_dav is not implemented";
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> {
                    String word = line.words().get(0).text();
                    if (word.equalsIgnoreCase("off")) {
                        return;
                    }
                    String provider = word.equalsIgnoreCase("on") ? "filesystem" : word;
                    if (!provider.equals("filesystem") || !scope.isLoaded("dav_fs_module")) {
                        throw new BadArgument("Unknown DAV provider: " + provider);
                    }
                    throw BadArgument.refusal(line.name() + " is not supported: " + why);
                },
                new Verdict(Verdict.Kind.REFUSED, why),
                List.of(),
                List.of());
    }

    private static Directive.Does checked(Effect check) {
        Effect effect = (line, scope) -> {
            check.apply(line, scope);
            scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + NO_DAV);
        };
        Verdict verdict = new Verdict(Verdict.Kind.IGNORED, NO_DAV);
        return new Directive.Does(Args.TAKE1, effect, verdict, List.of(), List.of());
    }

    private static void timeout(Line line, Scope scope) throws BadArgument {
        if (Reading.atoi(line.words().get(0).text()) < 0) {
            throw new BadArgument("DAVMinTimeout requires a non-negative integer.");
        }
    }
}
