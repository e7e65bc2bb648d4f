package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import java.util.List;

/** core's directives about the variables of scripts; {@link CgiEnvironment} asks for them. */
final class CgiDirectives {
    /** CGIPassAuth: whether scripts see what the client authorises itself with. */
    static final Setting<Boolean> PASS_AUTH = perDirectory("CGIPassAuth", false);

    /** CGIVar REQUEST_URI: true for the path at hand, false for the client's own. */
    static final Setting<Boolean> CURRENT_URI = perDirectory("CGIVar", false);

    /** QualifyRedirectURL: whether REDIRECT_URL is a whole URL. */
    static final Setting<Boolean> QUALIFIED_REDIRECT = perDirectory("QualifyRedirectURL", false);

    private CgiDirectives() {}

    static List<Directive> rows() {
        return List.of(
                directive("CGIPassAuth", anywhere(AllowOverride.AUTH_CONFIG), sets(PASS_AUTH, flag())),
                directive(
                        "CGIVar",
                        anywhere(AllowOverride.FILE_INFO),
                        reads(Args.TAKE2, CgiDirectives::variable, CURRENT_URI)),
                directive("QualifyRedirectURL", anywhere(AllowOverride.FILE_INFO), sets(QUALIFIED_REDIRECT, flag())));
    }

    private static void variable(Line line, Scope scope) throws BadArgument {
        String name = line.words().get(0).text();
        String rule = line.words().get(1).text();
        if (!name.equals("REQUEST_URI")) {
            throw new BadArgument("Unrecognized CGI variable: \"" + name + "\"");
        }
        boolean current = rule.equals("current-uri");
        if (!current && !rule.equals("original-uri")) {
            throw new BadArgument("Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'");
        }
        scope.give(CURRENT_URI, current, line.span());
    }
}
