package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.path;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.TextFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** mod_authz_groupfile: Require group and file-group, by a file of groups and their members. */
public final class AuthzGroupfileModule implements HttpdModule {
    static final String ID = "authz_groupfile_module";

    /** The groups of each user. Their names are equal in any case, as in httpd's tables. */
    static final Setting<Optional<TextFile<Map<String, Set<String>>>>> GROUPS =
            Setting.perDirectory("AuthGroupFile", Optional.empty());

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authz_groupfile.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive(
                "AuthGroupFile",
                Places.anywhere(AllowOverride.AUTH_CONFIG),
                sets(
                        GROUPS,
                        (word, line, scope) -> Optional.of(
                                new TextFile<>(path().read(word, line, scope), AuthzGroupfileModule::groupsByUser)))));
    }

    /** groups_for_user of mod_authz_groupfile.c: {@code group: user "another user"}. */
    static Map<String, Set<String>> groupsByUser(List<String> lines) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (String line : lines) {
            Quoting words = new Quoting(line);
            String group = words.wordUntil(':').stripTrailing();
            while (!words.isAtEnd()) {
                groups.computeIfAbsent(words.word(), user -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
                        .add(group);
            }
        }
        return groups;
    }

    /** Granted where the user is in one of the groups named. */
    static AuthzProvider.Check group(String args, Scope scope) throws BadArgument {
        RequestText names = RequestText.read(args, scope, "Cannot parse expression in require line");
        Questions questions = new Questions("AH01664", "AH01665", "AH01666", Level.DEBUG);
        return request -> {
            AuthzResult early = early(request);
            if (early != null) {
                return early;
            }
            Set<String> groups = questions.groups(request);
            if (groups == null) {
                return AuthzResult.DENIED;
            }
            Quoting words = new Quoting(names.of(request));
            for (String name = words.word(); !name.isEmpty(); name = words.word()) {
                if (groups.contains(name)) {
                    return AuthzResult.GRANTED;
                }
            }
            refuse(request, Level.DEBUG, "AH01667", "user is not part of the 'require'ed group(s).");
            return AuthzResult.DENIED;
        };
    }

    /** Granted where the user is in the group that the file belongs to. */
    static AuthzProvider.Check fileGroup(String args, Scope scope) {
        Questions questions = new Questions("AH01668", "AH01669", "AH01670", Level.ERROR);
        return request -> {
            AuthzResult early = early(request);
            if (early != null) {
                return early;
            }
            Set<String> groups = questions.groups(request);
            String group = groups == null ? null : AuthzOwnerModule.group(request);
            if (groups == null || group == null) {
                return AuthzResult.DENIED;
            }
            if (groups.contains(group)) {
                return AuthzResult.GRANTED;
            }
            refuse(request, Level.DEBUG, "AH01671", "user is not part of the 'require'ed file group.");
            return AuthzResult.DENIED;
        };
    }

    /** The answer where none of the files is needed for it, or must not be read on this thread. */
    static @Nullable AuthzResult early(Request request) {
        if (request.user() == null) {
            return AuthzResult.DENIED_NO_USER;
        }
        return request.exchange().isInIoThread() ? AuthzResult.ON_WORKER : null;
    }

    private static void refuse(Request request, Level level, String number, String reason) {
        if (!request.errorLog().keeps(level, "authz_groupfile")) {
            return;
        }
        request.log(
                level,
                "authz_groupfile",
                number + ": Authorization of user " + request.user() + " to access " + request.path()
                        + " failed, reason: " + reason);
    }

    /** Asks the file; the numbers are those of what may be wrong, the level that of an unknown user. */
    private record Questions(String noFile, String notOpened, String unknownUser, Level unknownLevel) {
        /** The groups of the request's user, at least one; null where that cannot be said, which is logged. */
        @Nullable
        Set<String> groups(Request request) {
            Optional<TextFile<Map<String, Set<String>>>> file =
                    request.settings().get(GROUPS);
            if (file.isEmpty()) {
                request.log(
                        Level.ERROR, "authz_groupfile", noFile + ": No group file was specified in the configuration");
                return null;
            }
            try {
                Set<String> groups = file.get().contents().get(String.valueOf(request.user()));
                if (groups == null) {
                    refuse(
                            request,
                            unknownLevel,
                            unknownUser,
                            "user doesn't appear in group file (" + file.get() + ").");
                }
                return groups;
            } catch (IOException e) {
                request.log(
                        Level.ERROR,
                        "authz_groupfile",
                        TextFile.reason(e) + notOpened + ": Could not open group file: " + file.get());
                return null;
            }
        }
    }
}
