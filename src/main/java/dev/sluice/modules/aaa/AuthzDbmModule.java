package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.TextFile;
import dev.sluice.modules.aaa.dbm.DbmFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mod_authz_dbm: Require dbm-group and dbm-file-group, by a DBM file of users and their groups. */
public final class AuthzDbmModule implements HttpdModule {
    static final String ID = "authz_dbm_module";

    static final Setting<DbmTerms> TERMS = Setting.perDirectory("AuthDBMGroupFile", DbmTerms.NONE);

    public AuthzDbmModule(AuthzProviders providers) {
        providers.bring(ID, "dbm-group", AuthzDbmModule::group);
        providers.bring(ID, "dbm-file-group", AuthzDbmModule::fileGroup);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_dbm.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("AuthDBMGroupFile", places, reads(Args.TAKE1, DbmTerms.file(TERMS), TERMS)),
                directive("AuthzDBMType", places, reads(Args.TAKE1, DbmTerms.type(TERMS), TERMS)));
    }

    private static AuthzProvider.Check group(String args, Scope scope) throws BadArgument {
        RequestText names = RequestText.read(args, scope, "Cannot parse expression in require line");
        Numbers numbers = new Numbers("AH01798", "AH01799", "AH01800");
        return request -> {
            AuthzResult early = AuthzGroupfileModule.early(request);
            if (early != null) {
                return early;
            }
            Groups groups = groups(request, numbers);
            if (groups.early != null) {
                return groups.early;
            }
            Quoting words = new Quoting(names.of(request));
            for (String name = words.wordUntilSpace(); !name.isEmpty(); name = words.wordUntilSpace()) {
                if (groups.names.contains(name)) {
                    return AuthzResult.GRANTED;
                }
            }
            refuse(request, "AH01801", "user is not part of the 'require'ed group(s).");
            return AuthzResult.DENIED;
        };
    }

    private static AuthzProvider.Check fileGroup(String args, Scope scope) {
        Numbers numbers = new Numbers("AH01802", "AH01803", "AH01804");
        return request -> {
            AuthzResult early = AuthzGroupfileModule.early(request);
            if (early != null) {
                return early;
            }
            Groups groups = groups(request, numbers);
            if (groups.early != null) {
                return groups.early;
            }
            String group = AuthzOwnerModule.group(request);
            return group != null && groups.names.contains(group) ? AuthzResult.GRANTED : AuthzResult.DENIED;
        };
    }

    private record Numbers(String noFile, String notOpened, String unknownUser) {}

    /** @param early the answer where there are no groups */
    private record Groups(@Nullable AuthzResult early, List<String> names) {
        static Groups none(AuthzResult result) {
            return new Groups(result, List.of());
        }
    }

    /** get_dbm_grp of mod_authz_dbm.c: by user and realm, else by user; {@code a,b} or {@code password:a,b:more}. */
    private static Groups groups(Request request, Numbers numbers) {
        DbmTerms terms = request.settings().get(TERMS);
        DbmFile file = terms.file();
        if (file == null) {
            request.log(
                    Level.ERROR, "authz_dbm", numbers.noFile + ": No group file was specified in the configuration");
            return Groups.none(AuthzResult.DENIED);
        }
        Map<String, String> users;
        try {
            users = file.contents();
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "authz_dbm",
                    TextFile.reason(e) + numbers.notOpened + ": could not open dbm (type " + terms.type()
                            + ") group access file: " + terms.path());
            return Groups.none(AuthzResult.GENERAL_ERROR);
        }
        String value = users.get(request.user() + ":" + AuthnCoreModule.name(request));
        if (value == null) {
            value = users.get(String.valueOf(request.user()));
        }
        if (value == null) {
            refuse(request, numbers.unknownUser, "user doesn't appear in DBM group file (" + terms.path() + ").");
            return Groups.none(AuthzResult.DENIED);
        }
        String[] fields = value.split(":", -1);
        return new Groups(null, List.of((fields.length > 1 ? fields[1] : value).split(",")));
    }

    private static void refuse(Request request, String number, String reason) {
        request.log(
                Level.ERROR,
                "authz_dbm",
                number + ": Authorization of user " + request.user() + " to access " + request.path()
                        + " failed, reason: " + reason);
    }
}
