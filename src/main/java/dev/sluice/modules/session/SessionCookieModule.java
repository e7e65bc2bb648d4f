package dev.sluice.modules.session;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.Session;
import dev.sluice.modules.core.Sessions;
import dev.sluice.request.Hooks;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_session_cookie: sessions that the client keeps, in a cookie. */
public final class SessionCookieModule implements HttpdModule, Sessions.Store {
    /**
     * A cookie to keep sessions in.
     *
     * @param attributes what stands behind its value, as written
     */
    record Cookie(String name, String attributes) {}

    static final Setting<Optional<Cookie>> NAME = perDirectory("SessionCookieName", Optional.empty());
    static final Setting<Optional<Cookie>> NAME2 = perDirectory("SessionCookieName2", Optional.empty());
    static final Setting<Boolean> REMOVE = perDirectory("SessionCookieRemove", false);

    private static final HttpString SET_COOKIE2 = new HttpString("Set-Cookie2");

    private final Sessions sessions;

    public SessionCookieModule(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "session_cookie_module";
    }

    @Override
    public String file() {
        return "mod_session_cookie.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("SessionCookieName", places, raw((line, scope) -> name(NAME, line, scope), NAME)),
                directive("SessionCookieName2", places, raw((line, scope) -> name(NAME2, line, scope), NAME2)),
                directive("SessionCookieRemove", places, sets(REMOVE, flag())));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        sessions.store(this);
    }

    /** A name, white space, and the attributes, quotes and all (set_cookie_name of mod_session_cookie.c). */
    private static void name(Setting<Optional<Cookie>> setting, Line line, Scope scope) throws BadArgument {
        String text = line.args().stripLeading();
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\t') {
            end++;
        }
        String name = text.substring(0, end);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('&') >= 0) {
            throw new BadArgument(line.name() + " cannot be empty, or contain '=' or '&'.");
        }
        scope.give(setting, Optional.of(new Cookie(name, text.substring(end).stripLeading())), line.span());
    }

    @Override
    public @Nullable Session load(Request request) {
        Optional<Cookie> name = request.settings().get(NAME);
        Optional<Cookie> name2 = request.settings().get(NAME2);
        if (name.isEmpty() && name2.isEmpty()) {
            return null;
        }
        boolean remove = request.settings().get(REMOVE);
        String value = name.isEmpty() ? null : Cookies.read(request, name.get().name(), remove);
        if (value == null && name2.isPresent()) {
            value = Cookies.read(request, name2.get().name(), remove);
        }
        Session session = new Session();
        session.encoded(value);
        return session;
    }

    @Override
    public boolean save(Request request, Session session) {
        Optional<Cookie> name = request.settings().get(NAME);
        Optional<Cookie> name2 = request.settings().get(NAME2);
        name.ifPresent(cookie -> write(request, Headers.SET_COOKIE, cookie, session));
        name2.ifPresent(cookie -> write(request, SET_COOKIE2, cookie, session));
        return name.isPresent() || name2.isPresent();
    }

    private static void write(Request request, HttpString header, Cookie cookie, Session session) {
        String encoded = session.encoded();
        String value = encoded == null ? "" : encoded;
        String text = Cookies.written(cookie.name(), value, session.maxAge(), cookie.attributes());
        request.alwaysHeaders().add(header, text);
        if (value.isEmpty()) {
            // Twice, as ap_cookie_remove is given both tables of headers.
            request.exchange().getResponseHeaders().add(header, text);
        }
    }
}
