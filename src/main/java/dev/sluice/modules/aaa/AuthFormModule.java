package dev.sluice.modules.aaa;

import dev.sluice.directive.Directive;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.core.Session;
import dev.sluice.modules.core.Sessions;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_auth_form: users who log in by a form, and whose session remembers it. */
public final class AuthFormModule implements HttpdModule {
    private static final AttachmentKey<Login> LOGIN = AttachmentKey.create(Login.class);
    private static final String REDIRECT_HANDLER = "form-redirect-handler";
    private static final Outcome UNAUTHORIZED = Outcome.status(401);
    private static final Outcome FOUND = Outcome.status(302);
    private static final Outcome ERROR = Outcome.status(500);

    /** What a form said; stands for all requests of the exchange. */
    private record Login(String user, String password, @Nullable String location, @Nullable String method) {}

    private final AuthnProviders providers;
    private final Sessions sessions;

    public AuthFormModule(AuthnProviders providers, Sessions sessions) {
        this.providers = providers;
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "auth_form_module";
    }

    @Override
    public String file() {
        return "mod_auth_form.c";
    }

    @Override
    public List<Directive> directives() {
        return FormTerms.rows(providers);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.CHECK_USER_ID, this::authenticate).at(Phase.HANDLER, this::answer);
    }

    /** authenticate_form_authn of mod_auth_form.c. */
    private Outcome authenticate(Request request) {
        String type = AuthnCoreModule.type(request);
        if (type == null || !type.equalsIgnoreCase("form")) {
            return Outcome.DECLINED;
        }
        String realm = AuthnCoreModule.name(request);
        if (realm == null) {
            error(request, "AH01810: need AuthName: " + request.path());
            return ERROR;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        request.user(request.user(), type);
        Outcome outcome = remembered(request, realm, type);
        if (outcome == Outcome.OK) {
            return outcome;
        }
        if (outcome == UNAUTHORIZED && isFirstPost(request)) {
            outcome = inlineLogin(request, realm, type);
            if (outcome == Outcome.OK || outcome == FOUND || outcome == ERROR) {
                return outcome;
            }
        }
        if (outcome == UNAUTHORIZED) {
            return refused(request);
        }
        return outcome;
    }

    private static boolean isFirstPost(Request request) {
        return request.method().equals("POST") && request.main() == null && request.previous() == null;
    }

    /** By what the form said that led here, or by the session. */
    private Outcome remembered(Request request, String realm, String type) {
        Login login = request.exchange().getAttachment(LOGIN);
        String user = null;
        String password = null;
        String hash = null;
        if (login != null) {
            user = login.user;
            password = login.password;
        } else {
            Session session = sessions.load(request);
            if (session != null) {
                user = session.get(realm + "-user");
                password = session.get(realm + "-pw");
                hash = session.get(realm + "-site");
            }
        }
        if (user != null) {
            request.user(user, type);
        }
        String site = request.settings().get(FormTerms.SITE_PASSPHRASE);
        boolean trusted = user != null
                && password != null
                && hash != null
                && !site.isEmpty()
                && PasswordHash.same(PasswordHash.md5(user + ":" + site), hash);
        if (user == null || password == null) {
            return UNAUTHORIZED;
        }
        Outcome outcome = trusted ? Outcome.OK : check(request, user, password);
        if (outcome == Outcome.OK) {
            fakeBasic(request, user, password);
        }
        return outcome;
    }

    /** A form that was posted to the very place that it asks for. */
    private Outcome inlineLogin(Request request, String realm, String type) {
        FormFields fields = FormFields.read(request, request.settings().get(FormTerms.SIZE));
        // Nothing of the body is left for whoever answers.
        request.exchange().getRequestHeaders().remove(Headers.TRANSFER_ENCODING);
        request.exchange().getRequestHeaders().put(Headers.CONTENT_LENGTH, "0");
        Login login = login(request, fields, type);
        if (login == null) {
            return fields.status() == 0 ? UNAUTHORIZED : Outcome.status(fields.status());
        }
        if (login.method != null && !login.method.equals(request.method())) {
            request.handler(REDIRECT_HANDLER);
        }
        Outcome outcome = check(request, login.user, login.password);
        if (outcome == Outcome.OK) {
            fakeBasic(request, login.user, login.password);
            remember(request, realm, login.user, login.password);
            return success(request, login, Outcome.OK);
        }
        if (outcome == UNAUTHORIZED
                && login.location != null
                && request.settings().get(FormTerms.LOGIN_REQUIRED).isEmpty()) {
            return found(request, login.location);
        }
        return outcome;
    }

    /** What the form says; null where it names no user or no password. */
    private static @Nullable Login login(Request request, FormFields fields, String type) {
        if (fields.status() != 0) {
            return null;
        }
        String user = fields.get(value(request, FormTerms.USERNAME));
        String password = fields.get(value(request, FormTerms.PASSWORD));
        if (user != null) {
            request.user(user, type);
        }
        if (user == null || password == null) {
            return null;
        }
        Login login = new Login(
                user,
                password,
                fields.filled(value(request, FormTerms.LOCATION)),
                fields.filled(value(request, FormTerms.METHOD)));
        request.exchange().putAttachment(LOGIN, login);
        return login;
    }

    private static String value(Request request, Setting<String> setting) {
        return request.settings().get(setting);
    }

    private static Outcome success(Request request, Login login, Outcome otherwise) {
        if (login.location != null) {
            return found(request, login.location);
        }
        Optional<RequestText> success = request.settings().get(FormTerms.LOGIN_SUCCESS);
        return success.isPresent() ? found(request, success.get().of(request)) : otherwise;
    }

    private static Outcome found(Request request, String location) {
        request.exchange().getResponseHeaders().put(Headers.LOCATION, location);
        return FOUND;
    }

    private static Outcome refused(Request request) {
        Optional<RequestText> required = request.settings().get(FormTerms.LOGIN_REQUIRED);
        if (required.isPresent()) {
            return found(request, required.get().of(request));
        }
        if (!request.settings().get(FormTerms.NO_NO_STORE)) {
            request.alwaysHeaders().add(Headers.CACHE_CONTROL, "no-store");
        }
        return UNAUTHORIZED;
    }

    /** check_authn of mod_auth_form.c. */
    private Outcome check(Request request, String user, String password) {
        AuthnResult result = ask(request, user, password);
        if (result == AuthnResult.GRANTED) {
            return Outcome.OK;
        }
        if (result != AuthnResult.DENIED && !request.settings().get(FormTerms.AUTHORITATIVE)) {
            return Outcome.DECLINED;
        }
        switch (result) {
            case DENIED ->
                error(
                        request,
                        "AH01807: user '" + user + "': authentication failure for \"" + request.path()
                                + "\": password Mismatch");
            case USER_NOT_FOUND -> error(request, "AH01808: user '" + user + "' not found: " + request.path());
            default -> {
                return ERROR;
            }
        }
        return UNAUTHORIZED;
    }

    private AuthnResult ask(Request request, String user, String password) {
        List<Named> asked = request.settings().get(FormTerms.PROVIDERS);
        if (asked.isEmpty()) {
            Named usual = providers.usual();
            if (usual == null) {
                error(request, "AH01806: no authn provider configured");
                return AuthnResult.GENERAL_ERROR;
            }
            asked = List.of(usual);
        }
        AuthnResult result = AuthnResult.USER_NOT_FOUND;
        for (int i = 0; i < asked.size() && result == AuthnResult.USER_NOT_FOUND; i++) {
            result = asked.get(i).provider().passwords().check(request, user, password);
        }
        return result;
    }

    private static void fakeBasic(Request request, String user, String password) {
        if (request.settings().get(FormTerms.FAKE_BASIC)) {
            String credentials =
                    Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.ISO_8859_1));
            request.exchange().getRequestHeaders().put(Headers.AUTHORIZATION, "Basic " + credentials);
        }
    }

    /** set_session_auth of mod_auth_form.c; null for the user forgets him. */
    private void remember(Request request, String realm, @Nullable String user, @Nullable String password) {
        Session session = sessions.load(request);
        if (session == null) {
            return;
        }
        String site = request.settings().get(FormTerms.SITE_PASSPHRASE);
        session.set(realm + "-user", user);
        session.set(realm + "-pw", password);
        session.set(realm + "-site", user == null || site.isEmpty() ? null : PasswordHash.md5(user + ":" + site));
    }

    /** The handlers that a login page, a logout link and a login by another method need. */
    private Outcome answer(Request request) {
        String handler = request.handler();
        if (handler == null || !handler.startsWith("form-")) {
            return Outcome.DECLINED;
        }
        return switch (handler) {
            case "form-login-handler" -> logIn(request);
            case "form-logout-handler" -> logOut(request);
            case REDIRECT_HANDLER -> askAgain(request);
            default -> Outcome.DECLINED;
        };
    }

    private Outcome logIn(Request request) {
        if (!request.method().equals("POST")) {
            error(request, "AH01811: the form-login-handler only supports the POST method for " + request.path());
            request.exchange().getResponseHeaders().put(Headers.ALLOW, "TRACE");
            return Outcome.status(405);
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        FormFields fields = FormFields.read(request, request.settings().get(FormTerms.SIZE));
        String type = request.authType();
        Login login = login(request, fields, type == null ? "form" : type);
        Outcome outcome = login == null
                ? fields.status() == 0 ? UNAUTHORIZED : Outcome.status(fields.status())
                : check(request, login.user, login.password);
        if (login != null && outcome == Outcome.OK) {
            String realm = AuthnCoreModule.name(request);
            remember(request, realm == null ? "(null)" : realm, login.user, login.password);
            return success(request, login, Outcome.status(200));
        }
        if (outcome == UNAUTHORIZED) {
            Optional<RequestText> required = request.settings().get(FormTerms.LOGIN_REQUIRED);
            return required.isPresent() ? found(request, required.get().of(request)) : outcome;
        }
        return outcome;
    }

    private Outcome logOut(Request request) {
        String realm = AuthnCoreModule.name(request);
        remember(request, realm == null ? "(null)" : realm, null, null);
        request.alwaysHeaders().add(Headers.CACHE_CONTROL, "no-store");
        Optional<RequestText> logout = request.settings().get(FormTerms.LOGOUT);
        if (logout.isEmpty()) {
            return Outcome.status(200);
        }
        request.exchange()
                .getResponseHeaders()
                .put(Headers.LOCATION, logout.get().of(request));
        return Outcome.status(307);
    }

    /** The same target by the method that the form names; a body for it there is none. */
    private static Outcome askAgain(Request request) {
        Login login = request.exchange().getAttachment(LOGIN);
        if (login == null || login.method == null) {
            return ERROR;
        }
        request.exchange().setRequestMethod(new HttpString(login.method));
        request.exchange().getRequestHeaders().remove(Headers.CONTENT_LENGTH);
        return Outcome.internalRedirect(request.unparsedUri());
    }

    private static void error(Request request, String message) {
        request.log(Level.ERROR, "auth_form", message);
    }
}
