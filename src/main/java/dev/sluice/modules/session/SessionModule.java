package dev.sluice.modules.session;

import static dev.sluice.directive.Directive.addsEach;
import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.atoi;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.Session;
import dev.sluice.modules.core.Sessions;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_session: which requests have a session, how long it lasts, and who may change it. */
public final class SessionModule implements HttpdModule {
    static final Setting<Boolean> ENABLED = perDirectory("Session", false);
    static final Setting<Boolean> ENV = perDirectory("SessionEnv", false);
    static final Setting<Integer> MAX_AGE = perDirectory("SessionMaxAge", 0);
    static final Setting<Integer> UPDATE_INTERVAL = perDirectory("SessionExpiryUpdateInterval", 0);
    static final Setting<String> HEADER = perDirectory("SessionHeader", "");
    static final Setting<List<String>> INCLUDED = perDirectory("SessionInclude", List.of(), Merge.append());
    static final Setting<List<String>> EXCLUDED = perDirectory("SessionExclude", List.of(), Merge.append());

    /** Of the request that it was loaded for: one that takes its place by a redirect loads its own. */
    private record Held(Request request, Session session) {
        static final AttachmentKey<Held> KEY = AttachmentKey.create(Held.class);
    }

    /** What APR says of a status of its crypto library. */
    static final String FAILED_CIPHER = "(100005)Error string not specified yet: ";

    private static final long MICROS = 1_000_000;

    private final Sessions sessions;

    public SessionModule(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "session_module";
    }

    @Override
    public String file() {
        return "mod_session.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive("Session", places, sets(ENABLED, flag())),
                directive("SessionMaxAge", places, sets(MAX_AGE, atoi())),
                directive("SessionHeader", places, sets(HEADER, word())),
                directive("SessionEnv", places, sets(ENV, flag())),
                directive("SessionInclude", places, one(INCLUDED)),
                directive("SessionExclude", places, one(EXCLUDED)),
                directive(
                        "SessionExpiryUpdateInterval",
                        places,
                        reads(Args.TAKE1, SessionModule::updateInterval, UPDATE_INTERVAL)));
    }

    private static Directive.Does one(Setting<List<String>> setting) {
        return reads(Args.TAKE1, addsEach(setting, word()).effect(), setting);
    }

    private static void updateInterval(Line line, Scope scope) throws BadArgument {
        int seconds = Reading.atoi(line.words().get(0).text());
        if (seconds < 0) {
            throw new BadArgument("SessionExpiryUpdateInterval must be zero (disable) or a positive value");
        }
        scope.give(UPDATE_INTERVAL, seconds, line.span());
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        sessions.serve(this::load);
        hooks.at(Phase.FIXUPS, this::loadAndTell).at(Phase.RESPONSE_HEAD, Hooks.Turn.FIRST, this::saveOnIoThread);
    }

    /** session_fixups of mod_session.c. */
    private Outcome loadAndTell(Request request) {
        Settings settings = request.settings();
        if (!settings.get(ENABLED)) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread() && isSlow(request)) {
            return Outcome.ON_WORKER;
        }
        Session session = load(request);
        if (session != null && settings.get(ENV)) {
            request.environment().set("HTTP_SESSION", SessionText.encode(session));
        }
        return Outcome.DECLINED;
    }

    private boolean isSlow(Request request) {
        if (sessions.ciphers().isEmpty() || !isIncluded(request)) {
            return false;
        }
        Session kept = kept(request);
        String encoded = kept == null ? null : kept.encoded();
        return encoded != null && sessions.ciphers().stream().anyMatch(cipher -> cipher.isSlow(request, encoded));
    }

    /** The session as the first store has it, perhaps not decoded yet; null where no store is asked to keep any. */
    private @Nullable Session kept(Request request) {
        Held held = held(request);
        if (held != null) {
            return held.session;
        }
        for (Sessions.Store store : sessions.stores()) {
            Session session = store.load(request);
            if (session != null) {
                return hold(request, session);
            }
        }
        return null;
    }

    private static Session hold(Request request, Session session) {
        request.exchange().putAttachment(Held.KEY, new Held(main(request), session));
        return session;
    }

    private static @Nullable Held held(Request request) {
        Held held = request.exchange().getAttachment(Held.KEY);
        if (held == null) {
            return null;
        }
        for (Request before = main(request).previous(); before != null; before = before.previous()) {
            if (before == held.request) {
                return null;
            }
        }
        return held;
    }

    private static Request main(Request request) {
        Request main = request;
        for (Request asking = request.main(); asking != null; asking = asking.main()) {
            main = asking;
        }
        return main;
    }

    /** ap_session_load of mod_session.c. */
    private @Nullable Session load(Request request) {
        Settings settings = request.settings();
        if (!settings.get(ENABLED)) {
            return null;
        }
        if (!isIncluded(request)) {
            if (request.errorLog().keeps(Level.DEBUG, "session")) {
                request.log(Level.DEBUG, "session", "AH01814: excluded by configuration for: " + request.path());
            }
            return null;
        }
        Session session = loaded(request);
        if (session == null) {
            return null;
        }
        int maxAge = settings.get(MAX_AGE);
        if (maxAge != 0) {
            if (session.expiry() == 0) {
                session.expiry(now() + maxAge * MICROS);
            }
            session.maxAge(maxAge);
        }
        return session;
    }

    private @Nullable Session loaded(Request request) {
        Session session = kept(request);
        if (session == null) {
            request.log(
                    Level.WARN,
                    "session",
                    "AH01815: session is enabled but no session modules have been configured, session not loaded: "
                            + request.path());
            return null;
        }
        if (!decode(request, session) || (session.expiry() != 0 && session.expiry() < now())) {
            return hold(request, new Session());
        }
        return session;
    }

    private boolean decode(Request request, Session session) {
        String text = session.isWritten() ? null : session.encoded();
        if (text == null) {
            return true;
        }
        session.encoded(null);
        for (Sessions.Cipher cipher : sessions.ciphers()) {
            if (!text.isEmpty()) {
                text = cipher.decode(request, text);
                if (text == null) {
                    request.log(
                            Level.ERROR,
                            "session",
                            FAILED_CIPHER + "AH01817: error while decoding the session, session not loaded: "
                                    + request.path());
                    return false;
                }
            }
        }
        SessionText.decode(text, session);
        return true;
    }

    private static boolean isIncluded(Request request) {
        List<String> included = request.settings().get(INCLUDED);
        return (included.isEmpty() || startsWithAny(request.path(), included))
                && !startsWithAny(request.path(), request.settings().get(EXCLUDED));
    }

    private static boolean startsWithAny(String path, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** session_output_filter of mod_session.c. */
    private Outcome saveOnIoThread(Request request) {
        boolean isKnown = held(request) != null;
        Session session = load(request);
        if (session == null || session.isWritten()) {
            return Outcome.DECLINED;
        }
        if (!isKnown || !(request.isErrorPage() || request.isProxied())) {
            // httpd says so when it loads a session: where it did before, a backend's headers or an error's have taken
            // the place.
            request.exchange().getResponseHeaders().add(Headers.CACHE_CONTROL, "no-cache, private");
        }
        String header = request.settings().get(HEADER);
        if (!header.isEmpty()) {
            String said = taken(request, header);
            if (said != null) {
                session.dirty();
                SessionText.decode(said, session);
            }
        }
        save(request, session);
        return Outcome.DECLINED;
    }

    private static @Nullable String taken(Request request, String name) {
        HeaderMap answer = request.exchange().getResponseHeaders();
        String always = request.alwaysHeaders().getFirst(name);
        String said = always != null ? always : answer.getFirst(name);
        if (said != null) {
            request.alwaysHeaders().remove(name);
            answer.remove(name);
        }
        return said;
    }

    /** ap_session_save of mod_session.c. */
    private void save(Request request, Session session) {
        long now = now();
        long before = session.expiry();
        if (before != 0 && before < now) {
            request.log(
                    Level.WARN,
                    "session",
                    "AH01819: attempt made to save a session when the session had already expired, session not saved: "
                            + request.path());
            return;
        }
        if (session.maxAge() != 0) {
            session.expiry(now + session.maxAge() * MICROS);
        }
        if (!session.isDirty()) {
            long interval = request.settings().get(UPDATE_INTERVAL) * MICROS;
            if (session.maxAge() == 0 || (interval != 0 && session.expiry() - before < interval)) {
                return;
            }
        }
        String text = encoded(request, session);
        if (text == null) {
            request.log(
                    Level.ERROR,
                    "session",
                    "(20014)Internal error (specific information not available): AH01820: error while encoding the session, session not saved: "
                            + request.path());
            return;
        }
        session.encoded(text);
        for (Sessions.Store store : sessions.stores()) {
            if (store.save(request, session)) {
                session.written();
                return;
            }
        }
    }

    private @Nullable String encoded(Request request, Session session) {
        String text = SessionText.encode(session);
        for (Sessions.Cipher cipher : sessions.ciphers()) {
            if (text != null && !text.isEmpty()) {
                text = cipher.encode(request, text);
            }
        }
        return text;
    }

    private static long now() {
        return System.currentTimeMillis() * 1000;
    }
}
