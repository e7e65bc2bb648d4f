package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** mod_authn_anon: guests, who give an address as their password. */
public final class AuthnAnonModule implements HttpdModule {
    private static final String ID = "authn_anon_module";

    private enum Wish {
        NO_USER_ID,
        MUST_GIVE_EMAIL,
        VERIFY_EMAIL,
        LOG_EMAIL
    }

    /** What the lines of one section say. A section that has one forgets those around it: httpd does not merge them. */
    private record Guests(List<String> users, Set<Wish> wishes) {
        static final Guests NONE = new Guests(List.of(), Set.of(Wish.MUST_GIVE_EMAIL, Wish.LOG_EMAIL));

        Guests withUser(String user) {
            List<String> all = new ArrayList<>(users);
            all.add(user);
            return new Guests(List.copyOf(all), wishes);
        }

        Guests with(Wish wish, boolean on) {
            Set<Wish> all = new HashSet<>(wishes);
            if (on) {
                all.add(wish);
            } else {
                all.remove(wish);
            }
            return new Guests(users, Set.copyOf(all));
        }

        boolean takes(String user) {
            if (user.isEmpty()) {
                return wishes.contains(Wish.NO_USER_ID);
            }
            return users.stream().anyMatch(known -> known.equals("*") || known.equalsIgnoreCase(user));
        }

        boolean takesAddress(String password) {
            return (!wishes.contains(Wish.MUST_GIVE_EMAIL) || !password.isEmpty())
                    && (!wishes.contains(Wish.VERIFY_EMAIL)
                            || (password.indexOf('@') >= 0 && password.indexOf('.') >= 0));
        }
    }

    private static final Setting<Guests> GUESTS = perDirectory("Anonymous", Guests.NONE);

    public AuthnAnonModule(AuthnProviders providers) {
        providers.bring(ID, "anon", new AuthnProvider(AuthnAnonModule::check, null));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authn_anon.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                row("Anonymous", Args.ITERATE, (guests, line) -> {
                    Guests all = guests;
                    for (Word word : line.words()) {
                        if (word.text().isEmpty()) {
                            break;
                        }
                        all = all.withUser(word.text());
                    }
                    return all;
                }),
                flag("Anonymous_MustGiveEmail", Wish.MUST_GIVE_EMAIL),
                flag("Anonymous_NoUserId", Wish.NO_USER_ID),
                flag("Anonymous_VerifyEmail", Wish.VERIFY_EMAIL),
                flag("Anonymous_LogEmail", Wish.LOG_EMAIL));
    }

    private static Directive flag(String name, Wish wish) {
        return row(
                name,
                Args.FLAG,
                (guests, line) -> guests.with(wish, line.words().get(0).text().equalsIgnoreCase("on")));
    }

    private static Directive row(String name, Args args, BiFunction<Guests, Line, Guests> change) {
        return directive(
                name,
                Places.anywhere(AllowOverride.AUTH_CONFIG),
                reads(args, (line, scope) -> change(change, line, scope), GUESTS));
    }

    private static void change(BiFunction<Guests, Line, Guests> change, Line line, Scope scope) {
        Guests before = scope.given(GUESTS);
        scope.give(GUESTS, change.apply(before == null ? Guests.NONE : before, line), line.span());
    }

    /** check_anonymous of mod_authn_anon.c. */
    private static AuthnResult check(Request request, String user, String password) {
        Guests guests = request.settings().get(GUESTS);
        if (guests.users().isEmpty() || !guests.takes(user)) {
            return AuthnResult.USER_NOT_FOUND;
        }
        if (!guests.takesAddress(password)) {
            return AuthnResult.DENIED;
        }
        if (guests.wishes().contains(Wish.LOG_EMAIL)
                && request.previous() == null
                && request.errorLog().keeps(Level.INFO, "authn_anon")) {
            request.log(Level.INFO, "authn_anon", "AH01672: Anonymous: Passwd <" + password + "> Accepted");
        }
        return AuthnResult.GRANTED;
    }
}
