package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Configuration;
import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.model.Setting;
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
    static final Setting<Boolean> FORBIDDEN_ON_FAILURE = Setting.perDirectory("AuthzSendForbiddenOnFailure", false);

    private final AuthzLines lines;

    public AuthzCoreModule(AuthzProviders providers) {
        this.lines = new AuthzLines(providers);
    }

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
                directive("<AuthzProviderAlias", Places.MAIN_SERVER, raw(lines::alias)),
                directive("Require", places, raw(lines::require, AuthzRules.SETTING)),
                directive("<RequireAll", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("<RequireAny", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("<RequireNone", places, raw(AuthzLines::container, AuthzRules.SETTING)),
                directive("AuthMerging", places, reads(Args.TAKE1, AuthzLines::merging, AuthzRules.SETTING)),
                directive("AuthzSendForbiddenOnFailure", places, sets(FORBIDDEN_ON_FAILURE, flag())));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.ACCESS_CHECKER_EX, Hooks.Turn.LAST, request -> authorize(request, false))
                .at(Phase.AUTH_CHECKER, Hooks.Turn.LAST, request -> authorize(request, true));
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

    /**
     * authorize_user_core of mod_authz_core.c.
     *
     * @param authenticated true where it was asked who the user is, be it in vain
     */
    private static Outcome authorize(Request request, boolean authenticated) {
        AuthzRules rules = request.settings().get(AuthzRules.SETTING);
        if (rules.isEmpty()) {
            if (request.errorLog().keeps(Level.DEBUG, "authz_core")) {
                request.log(Level.DEBUG, "authz_core", nothingToDecide(request));
            }
            return Outcome.OK;
        }
        return switch (AuthzSection.apply(rules.whole(), request, AuthzSection.Logic.ALL)) {
            case GRANTED -> Outcome.OK;
            case ON_WORKER -> Outcome.ON_WORKER;
            case GENERAL_ERROR -> Outcome.status(500);
            case DENIED, NEUTRAL -> refused(request, authenticated);
            case DENIED_NO_USER -> authenticated ? nobody(request) : Outcome.DECLINED;
        };
    }

    private static String nothingToDecide(Request request) {
        return AuthnCoreModule.type(request) == null
                ? "AH01628: authorization result: granted (no directives)"
                : "AH01627: AuthType configured with no corresponding authorization directives";
    }

    private static Outcome nobody(Request request) {
        request.log(
                Level.ERROR, "authz_core", "AH01629: authorization failure (no authenticated user): " + request.path());
        return Challenges.again(request);
    }

    private static Outcome refused(Request request, boolean authenticated) {
        if (!authenticated || AuthnCoreModule.type(request) == null) {
            request.log(Level.ERROR, "authz_core", "AH01630: " + denied(request));
            return Outcome.status(403);
        }
        request.log(
                Level.ERROR,
                "authz_core",
                "AH01631: user " + request.user() + ": authorization failure for \"" + request.path() + "\": ");
        return request.settings().get(FORBIDDEN_ON_FAILURE) ? Outcome.status(403) : Challenges.again(request);
    }

    /** {@code client denied by server configuration: /srv/www/private}. */
    static String denied(Request request) {
        String filename = request.filename();
        return "client denied by server configuration: " + (filename == null ? "uri " + request.path() : filename);
    }
}
