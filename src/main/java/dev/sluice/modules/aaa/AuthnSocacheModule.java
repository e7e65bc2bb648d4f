package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.addsEach;
import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.seconds;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProvider.Hash;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.CredentialCache;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_authn_socache: what a provider said of a user stands for a while, whatever its file says by then. */
public final class AuthnSocacheModule implements HttpdModule {
    private static final String ID = "authn_socache_module";

    /** Names of providers; what they say is stored. Lines of a section add up. */
    static final Setting<List<String>> PROVIDE_FOR = perDirectory(
                    "AuthnCacheProvideFor", List.<String>of(), Merge.append())
            .inheriting(Merge.own());

    static final Setting<Duration> TIMEOUT = perDirectory("AuthnCacheTimeout", Duration.ofMinutes(5));

    /** {@code directory}, {@code server}, or a word of the user's: users of one context are the same. */
    static final Setting<String> CONTEXT = perDirectory("AuthnCacheContext", "directory");

    private final CredentialCache cache = new CredentialCache(10_000);
    private final AuthnProviders providers;

    public AuthnSocacheModule(AuthnProviders providers) {
        this.providers = providers;
        providers.bring(ID, "socache", new AuthnProvider(this::check, this::hash));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authn_socache.c";
    }

    @Override
    public List<Directive> directives() {
        Places authConfig = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive(
                        "AuthnCacheEnable",
                        Places.SERVERS,
                        ignored(Args.RAW_ARGS, "the cache is always there for sections that use it")),
                directive("AuthnCacheSOCache", Places.SERVERS, ownMemory()),
                directive("AuthnCacheProvideFor", authConfig, addsEach(PROVIDE_FOR, word())),
                directive("AuthnCacheTimeout", authConfig, sets(TIMEOUT, seconds())),
                directive("AuthnCacheContext", Places.DIRECTORIES, sets(CONTEXT, word())));
    }

    private static Directive.Does ownMemory() {
        String why = "one process serves all, and keeps credentials in its own memory";
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> checkSocache(line, scope, why),
                new Verdict(Verdict.Kind.IGNORED, why),
                List.of(),
                List.of());
    }

    private static void checkSocache(Line line, Scope scope, String why) throws BadArgument {
        String word = line.words().get(0).text();
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        if (!scope.isLoaded("socache_" + name + "_module")) {
            throw new BadArgument("AuthnCacheSOCache: Unknown socache provider '" + name
                    + "'. Maybe you need to load the appropriate socache module (mod_socache_" + name + "?)");
        }
        scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + why);
    }

    @Override
    public void start(Start start) {
        providers.remembering(this::store);
    }

    /** ap_authn_cache_store of mod_authn_socache.c. */
    private void store(Request request, String provider, String user, @Nullable String realm, String hash) {
        if (request.settings().get(PROVIDE_FOR).contains(provider)) {
            cache.put(key(request, user, realm), hash, request.settings().get(TIMEOUT));
        }
    }

    private AuthnResult check(Request request, String user, String password) {
        String hash = found(request, user, null);
        if (hash == null) {
            return AuthnResult.USER_NOT_FOUND;
        }
        return PasswordHash.matches(password, hash) ? AuthnResult.GRANTED : AuthnResult.DENIED;
    }

    private Hash hash(Request request, String user, String realm) {
        String hash = found(request, user, realm);
        return hash == null ? Hash.NOT_FOUND : Hash.of(hash);
    }

    private @Nullable String found(Request request, String user, @Nullable String realm) {
        if (request.settings().get(PROVIDE_FOR).isEmpty()) {
            return null;
        }
        String hash = cache.get(key(request, user, realm));
        if (request.errorLog().keeps(Level.DEBUG, "authn_socache")) {
            String number = realm == null ? hash == null ? "AH01684" : "AH01685" : hash == null ? "AH01687" : "AH01688";
            String message = hash == null ? "no credentials found for " : "found credentials for ";
            request.log(Level.DEBUG, "authn_socache", number + ": Authn cache: " + message + user);
        }
        return hash;
    }

    private static String key(Request request, String user, @Nullable String realm) {
        String context = request.settings().get(CONTEXT);
        String where =
                switch (context) {
                    case "directory" -> SelfReference.serverName(request) + folder(request.path());
                    case "server" -> SelfReference.serverName(request);
                    default -> context;
                };
        return realm == null ? where + ":" + user : where + ":" + user + ":" + realm;
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
