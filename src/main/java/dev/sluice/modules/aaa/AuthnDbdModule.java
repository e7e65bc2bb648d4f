package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProvider.Hash;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.core.Unserved;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.util.List;

/** mod_authn_dbd: users in a database, which there is none of here. Its lines are checked; what asks for it does not start. */
public final class AuthnDbdModule implements HttpdModule {
    private static final String ID = "authn_dbd_module";

    private final Unserved unserved = new Unserved("there are no database drivers to look users up with");

    public AuthnDbdModule(AuthnProviders providers) {
        providers.bring(
                ID,
                "dbd",
                new AuthnProvider(
                        (request, user, password) -> fail(request), (request, user, realm) -> failedHash(request)),
                at -> unserved.ask("Authn provider dbd", at));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authn_dbd.c";
    }

    @Override
    public List<Directive> directives() {
        Directive.Does does = reads(Args.TAKE1, (line, scope) -> unserved.ask(line.name(), scope.at()))
                .partly(unserved.verdict());
        return List.of(
                directive("AuthDBDUserPWQuery", Places.DIRECTORIES, does),
                directive("AuthDBDUserRealmQuery", Places.DIRECTORIES, does));
    }

    @Override
    public void start(Start start) throws CannotStart {
        unserved.check();
    }

    /** Of an access file, which no start looks at. */
    private static AuthnResult fail(Request request) {
        request.log(Level.ERROR, "authn_dbd", "Authn provider dbd is not supported: there are no database drivers");
        return AuthnResult.GENERAL_ERROR;
    }

    private static Hash failedHash(Request request) {
        fail(request);
        return Hash.ERROR;
    }
}
