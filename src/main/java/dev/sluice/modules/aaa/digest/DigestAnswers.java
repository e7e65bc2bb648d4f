package dev.sluice.modules.aaa.digest;

import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.aaa.digest.Clients.Client;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the server says: challenges, and confirmations of proofs. What it has to remember lasts as long as the process. */
public final class DigestAnswers {
    public static final Clients CLIENTS = new Clients(10_000);
    public static final Nonces NONCES = new Nonces();

    private static final HttpString AUTHENTICATION_INFO = HttpString.tryFromString("Authentication-Info");

    /** A nonce that lasts no longer than this is replaced already (NEXTNONCE_DELTA, mod_auth_digest.c). */
    private static final long LAST_MICROS = 30_000_000;

    private DigestAnswers() {}

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** What a client has to send as {@code response}, by the MD5 of user, realm and password. */
    public static String response(String userHash, DigestFields sent, String method) {
        return PasswordHash.md5(userHash + ":" + sent.known("nonce") + ":" + sent.known("nc") + ":"
                + sent.known("cnonce") + ":" + sent.known("qop") + ":"
                + PasswordHash.md5(method + ":" + sent.known("uri")));
    }

    /** note_digest_auth_failure of mod_auth_digest.c. */
    public static void challenge(Request request, String realm, boolean stale) {
        DigestTerms terms = request.settings().get(DigestLines.TERMS);
        SentDigest sent = SentDigest.of(request, CLIENTS);
        Client client = sent.client();
        boolean forgotten = client == null && sent.fields().value("opaque") != null;
        if (client == null && (forgotten || terms.needsClients())) {
            client = CLIENTS.add();
        }
        String opaque = client == null ? "" : client.opaque();
        String nonce = nonce(terms, realm, opaque, client);
        request.alwaysHeaders()
                .put(
                        Headers.WWW_AUTHENTICATE,
                        "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=MD5"
                                + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"")
                                + (terms.domain().isEmpty() ? "" : ", domain=\"" + terms.domain() + "\"")
                                + (stale || forgotten ? ", stale=true" : "") + ", qop=\"auth\"");
    }

    private static String nonce(DigestTerms terms, String realm, String opaque, @Nullable Client client) {
        if (terms.lifetime() != 0) {
            return NONCES.at(nowMicros(), realm, opaque);
        }
        String nonce = NONCES.once(realm, opaque);
        if (client != null) {
            client.expect(nonce);
        }
        return nonce;
    }

    public static void confirm(Request request, SentDigest sent, String userHash, String realm) {
        DigestFields fields = sent.fields();
        String proof = PasswordHash.md5(userHash + ":" + fields.known("nonce") + ":" + fields.known("nc") + ":"
                + fields.known("cnonce") + ":" + fields.known("qop") + ":"
                + PasswordHash.md5(":" + fields.known("uri")));
        request.exchange()
                .getResponseHeaders()
                .put(
                        AUTHENTICATION_INFO,
                        "rspauth=\"" + proof + "\"" + nextNonce(request, sent, realm) + ", cnonce=\""
                                + fields.known("cnonce") + "\", nc=" + fields.known("nc") + ", qop="
                                + fields.known("qop"));
    }

    private static String nextNonce(Request request, SentDigest sent, String realm) {
        DigestTerms terms = request.settings().get(DigestLines.TERMS);
        String opaque = sent.fields().known("opaque");
        if (terms.lifetime() < 0) {
            return "";
        }
        if (terms.lifetime() > 0) {
            long age = nowMicros() - Nonces.micros(sent.fields().known("nonce"));
            if (age <= terms.lifetime() * 1_000_000 - LAST_MICROS) {
                return "";
            }
        }
        return ", nextnonce=\"" + nonce(terms, realm, opaque, sent.client()) + "\"";
    }
}
