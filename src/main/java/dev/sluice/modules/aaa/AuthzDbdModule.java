package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.Unserved;
import dev.sluice.request.Level;
import java.util.List;

/** mod_authz_dbd: groups in a database, which there is none of here. Its lines are checked; what asks for it does not start. */
public final class AuthzDbdModule implements HttpdModule {
    private static final String ID = "authz_dbd_module";

    private final Unserved unserved = new Unserved("there are no database drivers to look groups up with");

    public AuthzDbdModule(AuthzProviders providers) {
        providers.bring(ID, "dbd-group", (args, scope) -> {
            RequestText.read(args, scope, "Cannot parse expression in require line");
            return failing("dbd-group", scope);
        });
        providers.bring(ID, "dbd-login", (args, scope) -> failing("dbd-login", scope));
        providers.bring(ID, "dbd-logout", (args, scope) -> failing("dbd-logout", scope));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_dbd.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("AuthzDBDLoginToReferer", Places.DIRECTORIES, checked(Args.FLAG)),
                directive("AuthzDBDQuery", Places.DIRECTORIES, checked(Args.TAKE1)),
                directive("AuthzDBDRedirectQuery", Places.DIRECTORIES, checked(Args.TAKE1)));
    }

    @Override
    public void start(Start start) throws CannotStart {
        unserved.check();
    }

    private static Directive.Does checked(Args args) {
        return Directive.ignored(
                args, "a Require of dbd-group, dbd-login or dbd-logout keeps the server from starting");
    }

    /** Of an access file, which no start looks at: nobody gets in. */
    private AuthzProvider.Check failing(String name, Scope scope) throws BadArgument {
        unserved.ask("Require " + name, scope.at());
        return request -> {
            request.log(
                    Level.ERROR, "authz_dbd", "Require " + name + " is not supported: there are no database drivers");
            return AuthzResult.GENERAL_ERROR;
        };
    }
}
