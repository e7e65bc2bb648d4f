package dev.sluice.modules.aaa.digest;

import dev.sluice.modules.aaa.digest.Clients.Client;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the nonce of a proof may still be used (check_nc and check_nonce, mod_auth_digest.c). */
public enum NonceChecks {
    GOOD,
    /** The client may try again with a new one, without asking its user. */
    STALE,
    REPLAYED;

    public static NonceChecks of(Request request, SentDigest sent, DigestTerms terms, String realm) {
        if (!sent.count()) {
            return GOOD;
        }
        DigestFields fields = sent.fields();
        String nonce = fields.known("nonce");
        String expected = DigestAnswers.NONCES.expected(nonce, realm, fields.known("opaque"));
        if (!expected.equals(Nonces.digest(nonce))) {
            error(request, "AH01776: invalid nonce " + nonce + " received - hash is not " + expected);
            return STALE;
        }
        NonceChecks age = age(request, fields, terms.lifetime(), sent.client());
        return age == GOOD && terms.counts() ? count(request, sent) : age;
    }

    private static NonceChecks age(Request request, DigestFields fields, long lifetime, @Nullable Client client) {
        String nonce = fields.known("nonce");
        String user = fields.known("username");
        if (lifetime > 0) {
            long micros = DigestAnswers.nowMicros() - Nonces.micros(nonce);
            if (micros < 0) {
                error(request, "AH01777: invalid nonce " + nonce + " received - user attempted time travel");
                return STALE;
            }
            if (micros > lifetime * 1_000_000) {
                info(
                        request,
                        String.format(
                                Locale.ROOT,
                                "AH01778: user %s: nonce expired (%d.00 seconds old - max lifetime %d.00)"
                                        + " - sending new nonce",
                                user,
                                micros / 1_000_000,
                                lifetime));
                return STALE;
            }
        } else if (lifetime == 0) {
            if (client == null) {
                unknown(request, fields);
                return STALE;
            }
            if (!client.expects(nonce)) {
                info(
                        request,
                        "AH01779: user " + user + ": one-time-nonce " + nonce + " already used - sending new nonce");
                return STALE;
            }
        }
        return GOOD;
    }

    private static NonceChecks count(Request request, SentDigest sent) {
        String text = sent.fields().known("nc");
        Long count = SentDigest.hexadecimal(text);
        if (count == null) {
            error(request, "AH01773: invalid nc " + text + " received - not a number");
            return REPLAYED;
        }
        Client client = sent.client();
        if (client == null) {
            unknown(request, sent.fields());
            return STALE;
        }
        long before = client.use(sent.fields().known("nonce"), count);
        if (before >= 0) {
            error(
                    request,
                    "AH01774: Warning, possible replay attack: nonce-count check failed: " + count + " is not above "
                            + before + " for nonce " + sent.fields().known("nonce"));
            return REPLAYED;
        }
        return GOOD;
    }

    private static void unknown(Request request, DigestFields fields) {
        Long id = SentDigest.hexadecimal(fields.known("opaque"));
        info(request, "AH10618: client " + (id == null ? 0 : id) + " is no longer known - sending new nonce");
    }

    private static void error(Request request, String message) {
        request.log(Level.ERROR, "auth_digest", message);
    }

    private static void info(Request request, String message) {
        if (request.errorLog().keeps(Level.INFO, "auth_digest")) {
            request.log(Level.INFO, "auth_digest", message);
        }
    }
}
