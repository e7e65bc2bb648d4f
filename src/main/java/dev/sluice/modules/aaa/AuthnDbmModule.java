package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProvider.Hash;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.aaa.authn.TextFile;
import dev.sluice.modules.aaa.dbm.DbmFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mod_authn_dbm: users and their passwords in DBM files, as htdbm writes them. */
public final class AuthnDbmModule implements HttpdModule {
    static final String ID = "authn_dbm_module";

    static final Setting<DbmTerms> TERMS = Setting.perDirectory("AuthDBMUserFile", DbmTerms.NONE);

    private final AuthnProviders providers;

    public AuthnDbmModule(AuthnProviders providers) {
        this.providers = providers;
        providers.bring(ID, "dbm", new AuthnProvider(this::check, this::hash));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authn_dbm.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("AuthDBMUserFile", places, reads(Args.TAKE1, DbmTerms.file(TERMS), TERMS)),
                directive("AuthDBMType", places, reads(Args.TAKE1, DbmTerms.type(TERMS), TERMS)));
    }

    private AuthnResult check(Request request, String user, String password) {
        Map<String, String> users = contents(request);
        if (users == null) {
            return AuthnResult.GENERAL_ERROR;
        }
        String value = users.get(user);
        if (value == null) {
            return AuthnResult.USER_NOT_FOUND;
        }
        String hash = upToColon(value);
        providers.remember(request, "dbm", user, null, hash);
        return PasswordHash.matches(password, hash) ? AuthnResult.GRANTED : AuthnResult.DENIED;
    }

    private Hash hash(Request request, String user, String realm) {
        Map<String, String> users = contents(request);
        if (users == null) {
            return Hash.ERROR;
        }
        String value = users.get(user + ":" + realm);
        if (value == null) {
            return Hash.NOT_FOUND;
        }
        String hash = upToColon(value);
        providers.remember(request, "dbm", user, realm, hash);
        return Hash.of(hash);
    }

    private static String upToColon(String value) {
        int colon = value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }

    private static @Nullable Map<String, String> contents(Request request) {
        DbmTerms terms = request.settings().get(TERMS);
        DbmFile file = terms.file();
        try {
            return file == null ? Map.of() : file.contents();
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "authn_dbm",
                    TextFile.reason(e) + "AH10285: could not open dbm (type " + terms.type() + ") file: "
                            + terms.path());
            return null;
        }
    }
}
