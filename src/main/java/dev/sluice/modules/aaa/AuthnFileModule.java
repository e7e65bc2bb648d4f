package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.path;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProvider.Hash;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.PasswordFile;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.aaa.authn.TextFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_authn_file: users and their passwords in files as htpasswd and htdigest write them. */
public final class AuthnFileModule implements HttpdModule {
    static final String ID = "authn_file_module";

    static final Setting<Optional<TextFile<PasswordFile.Users>>> USERS =
            Setting.perDirectory("AuthUserFile", Optional.empty());

    private final AuthnProvider provider = new AuthnProvider(this::check, this::hash);
    private final AuthnProviders providers;

    public AuthnFileModule(AuthnProviders providers) {
        this.providers = providers;
        providers.bring(ID, "file", provider);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authn_file.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive(
                "AuthUserFile",
                Places.anywhere(AllowOverride.AUTH_CONFIG),
                sets(USERS, (word, line, scope) -> Optional.of(PasswordFile.of(path().read(word, line, scope))))));
    }

    @Override
    public void start(Start start) {
        providers.usual(new AuthnProviders.Named("file", provider));
    }

    private AuthnResult check(Request request, String user, String password) {
        PasswordFile.Users users = users(request, "AH01619", "AH01620");
        if (users == null) {
            return AuthnResult.GENERAL_ERROR;
        }
        String hash = users.hashes().get(user);
        if (hash == null) {
            return AuthnResult.USER_NOT_FOUND;
        }
        providers.remember(request, "file", user, null, hash);
        if (PasswordHash.isUnsupported(hash)) {
            request.log(
                    Level.ERROR,
                    "authn_file",
                    "the password of user " + user + " is hashed in a way that is not supported; htpasswd -B hashes it"
                            + " in one that is");
            return AuthnResult.DENIED;
        }
        return PasswordHash.matches(password, hash) ? AuthnResult.GRANTED : AuthnResult.DENIED;
    }

    private Hash hash(Request request, String user, String realm) {
        PasswordFile.Users users = users(request, "AH01621", "AH01622");
        if (users == null) {
            return Hash.ERROR;
        }
        String hash = users.realmHashes().get(user + ":" + realm);
        if (hash == null) {
            return Hash.NOT_FOUND;
        }
        providers.remember(request, "file", user, realm, hash);
        return Hash.of(hash);
    }

    private static PasswordFile.@Nullable Users users(Request request, String noFile, String notOpened) {
        Optional<TextFile<PasswordFile.Users>> file = request.settings().get(USERS);
        if (file.isEmpty()) {
            request.log(Level.ERROR, "authn_file", noFile + ": AuthUserFile not specified in the configuration");
            return null;
        }
        try {
            return file.get().contents();
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "authn_file",
                    TextFile.reason(e) + notOpened + ": Could not open password file: " + file.get());
            return null;
        }
    }
}
