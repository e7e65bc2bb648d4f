package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;

/** mod_authz_user: Require user and valid-user. It has no directives of its own. */
public final class AuthzUserModule implements HttpdModule {
    static final String ID = "authz_user_module";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_user.c";
    }

    /** Granted where the user is one of those named. */
    static AuthzProvider.Check user(String args, Scope scope) throws BadArgument {
        RequestText names = RequestText.read(args, scope, "Cannot parse expression in require line");
        return request -> {
            String user = request.user();
            if (user == null) {
                return AuthzResult.DENIED_NO_USER;
            }
            Quoting words = new Quoting(names.of(request));
            for (String name = words.word(); !name.isEmpty(); name = words.word()) {
                if (name.equals(user)) {
                    return AuthzResult.GRANTED;
                }
            }
            log(request, user);
            return AuthzResult.DENIED;
        };
    }

    private static void log(Request request, String user) {
        if (!request.errorLog().keeps(Level.DEBUG, "authz_user")) {
            return;
        }
        request.log(
                Level.DEBUG,
                "authz_user",
                "AH01663: access to " + request.path() + " failed, reason: user '" + user
                        + "' does not meet 'require'ments for user to be allowed access");
    }

    /** Granted to everybody who has shown who he is; arguments mean nothing. */
    static AuthzProvider.Check validUser(String args, Scope scope) {
        return request -> request.user() == null ? AuthzResult.DENIED_NO_USER : AuthzResult.GRANTED;
    }
}
