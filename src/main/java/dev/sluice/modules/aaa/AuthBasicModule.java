package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_auth_basic: a name and a password in each request (RFC 7617). */
public final class AuthBasicModule implements HttpdModule {
    /** A section's own providers stand alone; its lines add to each other. */
    static final Setting<List<Named>> PROVIDERS =
            perDirectory("AuthBasicProvider", List.<Named>of(), Merge.append()).inheriting(Merge.own());

    static final Setting<Boolean> AUTHORITATIVE = perDirectory("AuthBasicAuthoritative", true);
    static final Setting<Boolean> DIGEST = perDirectory("AuthBasicUseDigestAlgorithm", false);
    static final Setting<Optional<Fake>> FAKE = perDirectory("AuthBasicFake", Optional.empty());

    /** What backends are told instead of what the client sent. */
    record Fake(RequestText user, RequestText password) {}

    private final AuthnProviders providers;

    public AuthBasicModule(AuthnProviders providers) {
        this.providers = providers;
    }

    @Override
    public String id() {
        return "auth_basic_module";
    }

    @Override
    public String file() {
        return "mod_auth_basic.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("AuthBasicProvider", places, reads(Args.ITERATE, this::provider, PROVIDERS)),
                directive("AuthBasicAuthoritative", places, sets(AUTHORITATIVE, flag())),
                directive("AuthBasicFake", places, reads(Args.TAKE12, AuthBasicModule::fake, FAKE)),
                directive(
                        "AuthBasicUseDigestAlgorithm", places, reads(Args.TAKE1, AuthBasicModule::algorithm, DIGEST)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.CHECK_USER_ID, this::authenticate)
                .at(Phase.FIXUPS, Hooks.Turn.LAST, AuthBasicModule::changeCredentials);
    }

    private void provider(Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            scope.give(PROVIDERS, List.of(providers.find(word.text(), scope)), line.span());
        }
    }

    private static void algorithm(Line line, Scope scope) throws BadArgument {
        String word = line.words().get(0).text();
        if (!word.equalsIgnoreCase("Off") && !word.equalsIgnoreCase("MD5")) {
            throw new BadArgument("Invalid algorithm in AuthBasicUseDigestAlgorithm: " + word);
        }
        scope.give(DIGEST, word.equalsIgnoreCase("MD5"), line.span());
    }

    private static void fake(Line line, Scope scope) throws BadArgument {
        String user = line.words().get(0).text();
        if (user.equalsIgnoreCase("off")) {
            scope.give(FAKE, Optional.empty(), line.span());
            return;
        }
        String password =
                line.words().size() < 2 ? "password" : line.words().get(1).text();
        RequestText name = RequestText.read(user, scope, "Could not parse fake username expression '" + user + "'");
        RequestText secret = RequestText.read(
                password, scope, "Could not parse fake password expression associated to user '" + user + "'");
        scope.give(FAKE, Optional.of(new Fake(name, secret)), line.span());
    }

    /** authenticate_basic_user of mod_auth_basic.c. */
    private Outcome authenticate(Request request) {
        String type = AuthnCoreModule.type(request);
        if (type == null || !type.equalsIgnoreCase("Basic")) {
            return Outcome.DECLINED;
        }
        String realm = AuthnCoreModule.name(request);
        if (realm == null) {
            request.log(Level.ERROR, "auth_basic", "AH01615: need AuthName: " + request.path());
            return Outcome.status(500);
        }
        BasicCredentials sent = BasicCredentials.of(request);
        if (sent == null) {
            if (request.exchange().getRequestHeaders().contains(Headers.AUTHORIZATION)) {
                request.log(
                        Level.ERROR,
                        "auth_basic",
                        "AH01614: client used wrong authentication scheme: " + request.path());
            }
            request.user(request.user(), type);
            return Challenges.basic(request, realm);
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        request.user(sent.user(), type);
        AuthnResult result = ask(request, sent, realm);
        if (result == AuthnResult.GRANTED) {
            return Outcome.OK;
        }
        if (result != AuthnResult.DENIED && !request.settings().get(AUTHORITATIVE)) {
            return Outcome.DECLINED;
        }
        return refused(request, sent.user(), realm, result);
    }

    private AuthnResult ask(Request request, BasicCredentials sent, String realm) {
        List<Named> asked = request.settings().get(PROVIDERS);
        if (asked.isEmpty()) {
            Named usual = providers.usual();
            if (usual == null) {
                request.log(Level.ERROR, "auth_basic", "AH01616: No Authn provider configured");
                return AuthnResult.GENERAL_ERROR;
            }
            return ask(request, usual, sent, realm);
        }
        AuthnResult result = AuthnResult.USER_NOT_FOUND;
        for (int i = 0; i < asked.size() && result == AuthnResult.USER_NOT_FOUND; i++) {
            result = ask(request, asked.get(i), sent, realm);
        }
        return result;
    }

    private static AuthnResult ask(Request request, Named named, BasicCredentials sent, String realm) {
        if (!request.settings().get(DIGEST)) {
            return named.provider().passwords().check(request, sent.user(), sent.password());
        }
        AuthnProvider.Hashes hashes = named.provider().hashes();
        if (hashes == null) {
            request.log(
                    Level.ERROR, "auth_basic", "AH02493: Authn provider does not support AuthBasicUseDigestAlgorithm");
            return AuthnResult.GENERAL_ERROR;
        }
        return compare(hashes.find(request, sent.user(), realm), sent, realm);
    }

    private static AuthnResult compare(AuthnProvider.Hash hash, BasicCredentials sent, String realm) {
        if (hash.result() != AuthnResult.GRANTED) {
            return hash.result();
        }
        String digest = PasswordHash.md5(sent.user() + ":" + realm + ":" + sent.password());
        return PasswordHash.same(digest, hash.value()) ? AuthnResult.GRANTED : AuthnResult.DENIED;
    }

    private static Outcome refused(Request request, String user, String realm, AuthnResult result) {
        switch (result) {
            case DENIED ->
                request.log(
                        Level.ERROR,
                        "auth_basic",
                        "AH01617: user " + user + ": authentication failure for \"" + request.path()
                                + "\": Password Mismatch");
            case USER_NOT_FOUND ->
                request.log(Level.ERROR, "auth_basic", "AH01618: user " + user + " not found: " + request.path());
            default -> {
                return Outcome.status(500);
            }
        }
        return Challenges.basic(request, realm);
    }

    /** add_basic_auth of mod_auth_basic.c: what is passed on says what AuthBasicFake wants. */
    private static Outcome changeCredentials(Request request) {
        Optional<Fake> fake = request.settings().get(FAKE);
        if (fake.isEmpty()) {
            return Outcome.DECLINED;
        }
        String user = fake.get().user().of(request);
        String password = fake.get().password().of(request);
        if (isEmpty(request, user, "AH02458: AuthBasicFake: empty username")
                || isEmpty(request, password, "AH02459: AuthBasicFake: empty password")) {
            request.exchange().getRequestHeaders().remove(Headers.AUTHORIZATION);
            return Outcome.DECLINED;
        }
        String credentials = "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.ISO_8859_1));
        request.exchange().getRequestHeaders().put(Headers.AUTHORIZATION, credentials);
        if (request.errorLog().keeps(Level.INFO, "auth_basic")) {
            request.log(Level.INFO, "auth_basic", "AH02457: AuthBasicFake: \"Authorization: " + credentials + "\"");
        }
        return Outcome.OK;
    }

    private static boolean isEmpty(Request request, @Nullable String text, String message) {
        boolean empty = text == null || text.isEmpty();
        if (empty && request.errorLog().keeps(Level.INFO, "auth_basic")) {
            request.log(Level.INFO, "auth_basic", message + " expression for URI '" + request.path() + "', ignoring");
        }
        return empty;
    }
}
