package dev.sluice.modules.aaa;

import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProvider.Hash;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.aaa.digest.DigestAnswers;
import dev.sluice.modules.aaa.digest.DigestFields;
import dev.sluice.modules.aaa.digest.DigestFields.Kind;
import dev.sluice.modules.aaa.digest.DigestLines;
import dev.sluice.modules.aaa.digest.DigestTerms;
import dev.sluice.modules.aaa.digest.DigestUri;
import dev.sluice.modules.aaa.digest.NonceChecks;
import dev.sluice.modules.aaa.digest.SentDigest;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_auth_digest: users who prove to know a password without sending it (RFC 7616, with MD5 and qop=auth alone). */
public final class AuthDigestModule implements HttpdModule {
    private static final Outcome UNAUTHORIZED = Outcome.status(401);

    private final AuthnProviders providers;

    public AuthDigestModule(AuthnProviders providers) {
        this.providers = providers;
    }

    @Override
    public String id() {
        return "auth_digest_module";
    }

    @Override
    public String file() {
        return "mod_auth_digest.c";
    }

    @Override
    public List<Directive> directives() {
        return DigestLines.rows(providers);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.CHECK_USER_ID, this::authenticate).at(Phase.FIXUPS, AuthDigestModule::confirm);
    }

    /** authenticate_digest_user of mod_auth_digest.c. */
    private Outcome authenticate(Request request) {
        String type = AuthnCoreModule.type(request);
        if (type == null || !type.equalsIgnoreCase("Digest")) {
            return Outcome.DECLINED;
        }
        String realm = AuthnCoreModule.name(request);
        if (realm == null) {
            error(request, "AH01780: need AuthName: " + request.path());
            return Outcome.status(500);
        }
        SentDigest sent = SentDigest.of(request, DigestAnswers.CLIENTS);
        DigestFields fields = sent.fields();
        if (fields.kind() != Kind.VALID) {
            complain(request, fields);
            return challenge(request, realm, false);
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        request.user(fields.known("username"), "Digest");
        DigestUri uri = DigestUri.of(request, fields.known("uri"));
        if (uri != DigestUri.SAME) {
            error(
                    request,
                    uri == DigestUri.INVALID
                            ? "AH01783: invalid uri <" + fields.known("uri") + "> in Authorization header"
                            : "AH01786: uri mismatch - <" + fields.known("uri") + "> does not match request-uri <"
                                    + request.original().unparsedUri() + ">");
            return Outcome.status(400);
        }
        String mismatch = mismatch(request, sent, realm);
        if (mismatch != null) {
            error(request, mismatch);
            return challenge(request, realm, false);
        }
        return verify(request, sent, realm);
    }

    private static void complain(Request request, DigestFields fields) {
        if (fields.kind() == Kind.NOT_DIGEST) {
            error(
                    request,
                    "AH01781: client used wrong authentication scheme `" + fields.scheme() + "': " + request.path());
        } else if (fields.kind() == Kind.INVALID) {
            error(
                    request,
                    "AH01782: missing user, realm, nonce, uri, digest, cnonce, or nonce_count in authorization header: "
                            + request.path());
        }
    }

    /** What does not fit the challenge, in httpd's words; null where all does. */
    private static @Nullable String mismatch(Request request, SentDigest sent, String realm) {
        DigestFields fields = sent.fields();
        if (fields.value("opaque") != null && sent.clientId() == 0) {
            return "AH01787: received invalid opaque - got `" + fields.known("opaque") + "'";
        }
        if (!fields.known("realm").equals(realm)) {
            return "AH01788: realm mismatch - got `" + fields.known("realm") + "' but expected `" + realm + "'";
        }
        String algorithm = fields.value("algorithm");
        if (algorithm != null && !algorithm.equalsIgnoreCase("MD5")) {
            return "AH01789: unknown algorithm `" + algorithm + "' received: " + request.path();
        }
        return null;
    }

    private Outcome verify(Request request, SentDigest sent, String realm) {
        String user = sent.fields().known("username");
        Hash hash = ask(request, user, realm);
        switch (hash.result()) {
            case GRANTED -> {}
            case USER_NOT_FOUND -> {
                error(request, "AH01790: user `" + user + "' in realm `" + realm + "' not found: " + request.path());
                return challenge(request, realm, false);
            }
            case DENIED -> {
                error(
                        request,
                        "AH01791: user `" + user + "' in realm `" + realm + "' denied by provider: " + request.path());
                return challenge(request, realm, false);
            }
            default -> {
                return Outcome.status(500);
            }
        }
        String qop = sent.fields().value("qop");
        if (qop == null || !qop.equalsIgnoreCase("auth")) {
            error(
                    request,
                    "AH10560: invalid or missing qop value '" + (qop == null ? "(null)" : qop)
                            + "', RFC 2069 is no longer supported: " + request.path());
            return challenge(request, realm, false);
        }
        String expected = DigestAnswers.response(hash.value(), sent.fields(), request.method());
        if (!PasswordHash.same(expected, sent.fields().known("response"))) {
            error(request, "AH01794: user " + user + ": password mismatch: " + request.path());
            return challenge(request, realm, false);
        }
        return checkNonce(request, sent, realm, hash.value());
    }

    /** Last, so that a client that knows the password is told when its nonce is merely old. */
    private static Outcome checkNonce(Request request, SentDigest sent, String realm, String userHash) {
        DigestTerms terms = request.settings().get(DigestLines.TERMS);
        return switch (NonceChecks.of(request, sent, terms, realm)) {
            case GOOD -> {
                sent.prove(userHash);
                yield Outcome.OK;
            }
            case STALE -> challenge(request, realm, true);
            case REPLAYED -> challenge(request, realm, false);
        };
    }

    private Hash ask(Request request, String user, String realm) {
        List<Named> asked = request.settings().get(DigestLines.TERMS).providers();
        if (asked.isEmpty()) {
            Named usual = providers.usual();
            asked = usual == null ? List.of() : List.of(usual);
        }
        Hash hash = asked.isEmpty() ? Hash.ERROR : Hash.NOT_FOUND;
        if (asked.isEmpty()) {
            error(request, "AH01770: No Authn provider configured");
        }
        for (int i = 0; i < asked.size() && hash.result() == AuthnResult.USER_NOT_FOUND; i++) {
            AuthnProvider.Hashes hashes = asked.get(i).provider().hashes();
            hash = hashes == null ? Hash.ERROR : hashes.find(request, user, realm);
        }
        return hash;
    }

    private static void error(Request request, String message) {
        request.log(Level.ERROR, "auth_digest", message);
    }

    /** Asks for a proof, with a new nonce; {@code stale} tells a client that its password was right. */
    static Outcome challenge(Request request, String realm, boolean stale) {
        DigestAnswers.challenge(request, realm, stale);
        return UNAUTHORIZED;
    }

    /** add_auth_info of mod_auth_digest.c: proves to the client that the server knows the password, too. */
    private static Outcome confirm(Request request) {
        SentDigest sent = SentDigest.known(request);
        String hash = sent == null ? null : sent.userHash();
        String realm = hash == null ? null : AuthnCoreModule.name(request);
        if (sent != null && hash != null && realm != null) {
            DigestAnswers.confirm(request, sent, hash, realm);
        }
        return Outcome.DECLINED;
    }
}
