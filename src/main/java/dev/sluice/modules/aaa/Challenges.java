package dev.sluice.modules.aaa;

import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.util.Locale;

/** What a client is told that has to prove who its user is. */
final class Challenges {
    private static final Outcome UNAUTHORIZED = Outcome.status(401);

    private Challenges() {}

    /** Asks a user who may not have this to prove to be another one (ap_note_auth_failure). */
    static Outcome again(Request request) {
        String type = AuthnCoreModule.type(request);
        if (type == null) {
            request.log(Level.ERROR, "core", "AH00571: need AuthType to note auth failure: " + request.path());
            return UNAUTHORIZED;
        }
        String realm = AuthnCoreModule.name(request);
        if (request.user() == null || realm == null) {
            return UNAUTHORIZED;
        }
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(request, realm);
            case "digest" -> AuthDigestModule.challenge(request, realm, false);
            default -> UNAUTHORIZED;
        };
    }

    static Outcome basic(Request request, String realm) {
        request.alwaysHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"" + realm + "\"");
        return UNAUTHORIZED;
    }
}
