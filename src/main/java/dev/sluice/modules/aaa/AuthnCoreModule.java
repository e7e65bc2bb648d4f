package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_authn_core: how and in which realm users are asked for; providers under other names. */
public final class AuthnCoreModule implements HttpdModule {
    static final Setting<Optional<RequestText>> TYPE = Setting.perDirectory("AuthType", Optional.empty());
    static final Setting<Optional<RequestText>> NAME = Setting.perDirectory("AuthName", Optional.empty());

    private final AuthnProviders providers;

    public AuthnCoreModule(AuthnProviders providers) {
        this.providers = providers;
    }

    @Override
    public String id() {
        return "authn_core_module";
    }

    @Override
    public String file() {
        return "mod_authn_core.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("AuthType", places, reads(Args.TAKE1, (l, s) -> text(TYPE, l, s), TYPE)),
                directive("AuthName", places, reads(Args.TAKE1, (l, s) -> text(NAME, l, s), NAME)),
                directive("<AuthnProviderAlias", Places.MAIN_SERVER, raw(this::alias)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.CHECK_USER_ID, Hooks.Turn.LAST, AuthnCoreModule::nobodyAsked);
    }

    private static void text(Setting<Optional<RequestText>> setting, Line line, Scope scope) throws BadArgument {
        String text = line.words().get(0).text();
        String complaint = "Cannot parse expression '" + text + "' in " + line.name();
        scope.give(setting, Optional.of(RequestText.read(text, scope, complaint)), line.span());
    }

    /** authaliassection of mod_authn_core.c. */
    private void alias(Line line, Scope scope) throws BadArgument {
        Quoting words = new Quoting(line.args());
        String base = words.word();
        String alias = words.word();
        if (base.isEmpty() || alias.isEmpty()) {
            throw new BadArgument("<AuthnProviderAlias> directive requires additional arguments");
        }
        if (base.equals(alias)) {
            throw new BadArgument("The alias provider name must be different from the base provider name.");
        }
        if (providers.isKnown(alias, scope)) {
            throw new BadArgument("The alias provider " + alias
                    + " has already be registered previously as either a base provider or an alias provider.");
        }
        Settings inside = scope.gather(line, AllowOverride.AUTH_CONFIG);
        providers.alias(alias, providers.find(base, scope), inside);
    }

    /** {@code Basic}, {@code Digest}, {@code Form}, in the user's case; null where no user is asked for. */
    static @Nullable String type(Request request) {
        Optional<RequestText> given = request.settings().get(TYPE);
        if (given.isEmpty()) {
            return null;
        }
        String type = given.get().of(request);
        return type.equalsIgnoreCase("None") ? null : type;
    }

    /** The realm, with quotes escaped as a header needs them; null where none is named. */
    static @Nullable String name(Request request) {
        Optional<RequestText> given = request.settings().get(NAME);
        return given.isEmpty() ? null : escaped(given.get().of(request));
    }

    /** As ap_escape_quotes does it: a quote that is not escaped yet gets a backslash. */
    static String escaped(String text) {
        if (text.indexOf('"') < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                escaped.append(c).append(text.charAt(++i));
            } else {
                escaped.append(c == '"' ? "\\\"" : String.valueOf(c));
            }
        }
        return escaped.toString();
    }

    /** authenticate_no_user of mod_authn_core.c: behind the modules that know a type. Without one there is nothing to do. */
    private static Outcome nobodyAsked(Request request) {
        String type = type(request);
        if (type == null) {
            return Outcome.OK;
        }
        request.log(
                Level.ERROR, "authn_core", "AH01796: AuthType " + type + " configured without corresponding module");
        return Outcome.status(500);
    }
}
