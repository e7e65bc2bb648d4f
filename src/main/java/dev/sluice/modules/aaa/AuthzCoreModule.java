package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.refused;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Configuration;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;

/** mod_authz_core: Require and its containers. */
public final class AuthzCoreModule implements HttpdModule {
    @Override
    public String id() {
        return "authz_core_module";
    }

    @Override
    public String file() {
        return "mod_authz_core.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive(
                        "<AuthzProviderAlias",
                        Places.MAIN_SERVER,
                        refused(Args.RAW_ARGS, "Require lines name their providers themselves")),
                directive("Require", places, raw(AuthzLines::require, AuthzRules.SETTING)),
                directive("<RequireAll", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("<RequireAny", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("<RequireNone", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("AuthMerging", places, reads(Args.TAKE1, AuthzLines::merging, AuthzRules.SETTING)),
                directive(
                        "AuthzSendForbiddenOnFailure",
                        places,
                        ignored(Args.FLAG, "users are not authenticated, so there is no 401 to turn into 403")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.AUTH_CHECKER, Hooks.Turn.LAST, AuthzCoreModule::authorize);
    }

    /** httpd's check of the whole: a container that can only deny is a mistake. */
    @Override
    public void check(Configuration configuration) throws CannotStart {
        for (Server server : configuration.servers().toList()) {
            check(server.defaults());
            checkSections(server.sections());
        }
    }

    private static void checkSections(List<Section> sections) throws CannotStart {
        for (Section section : sections) {
            check(section.settings());
            checkSections(section.nested());
        }
    }

    private static void check(Settings settings) throws CannotStart {
        for (AuthzSection section : settings.get(AuthzRules.SETTING).children()) {
            check(section);
        }
    }

    private static void check(AuthzSection section) throws CannotStart {
        if (section instanceof AuthzSection.Container container) {
            for (AuthzSection child : container.children()) {
                check(child);
            }
            if (container.children().stream().allMatch(AuthzSection::isNegated)) {
                throw new CannotStart(
                        "AH01624: " + container + " directive contains only negative authorization directives");
            }
        }
    }

    /** authorize_user_core of mod_authz_core.c, for requests without a user. */
    private static Outcome authorize(Request request) {
        Outcome compat = AccessCompatModule.satisfiesAny(request);
        if (compat != Outcome.DECLINED) {
            return compat;
        }
        AuthzRules rules = request.settings().get(AuthzRules.SETTING);
        if (rules.isEmpty()) {
            if (request.errorLog().keeps(Level.DEBUG, "authz_core")) {
                request.log(Level.DEBUG, "authz_core", "AH01628: authorization result: granted (no directives)");
            }
            return Outcome.OK;
        }
        return switch (AuthzSection.apply(rules.whole(), request, AuthzSection.Logic.ALL)) {
            case GRANTED -> Outcome.OK;
            case ON_WORKER -> Outcome.ON_WORKER;
            case GENERAL_ERROR -> Outcome.status(500);
            case DENIED, NEUTRAL -> {
                request.log(Level.ERROR, "authz_core", "AH01630: " + denied(request));
                yield Outcome.status(403);
            }
            case DENIED_NO_USER -> {
                request.log(
                        Level.ERROR,
                        "core",
                        "AH00027: No authentication done but request not allowed without authentication for "
                                + request.path() + ". Authentication not configured?");
                yield Outcome.status(500);
            }
        };
    }

    /** {@code client denied by server configuration: /srv/www/private}. */
    static String denied(Request request) {
        String filename = request.filename();
        return "client denied by server configuration: " + (filename == null ? "uri " + request.path() : filename);
    }
}
