package dev.sluice.modules.aaa.digest;

import dev.sluice.modules.aaa.digest.Clients.Client;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/** What a request said of itself, and what became of it. One for all requests that the client's leads to. */
public final class SentDigest {
    private static final AttachmentKey<SentDigest> KEY = AttachmentKey.create(SentDigest.class);

    private final DigestFields fields;
    private @Nullable Client client;
    private @Nullable String userHash;
    private boolean counted;

    private SentDigest(DigestFields fields) {
        this.fields = fields;
    }

    public static SentDigest of(Request request, Clients clients) {
        SentDigest known = request.exchange().getAttachment(KEY);
        if (known == null) {
            DigestFields fields =
                    DigestFields.read(request.exchange().getRequestHeaders().getFirst(Headers.AUTHORIZATION));
            known = new SentDigest(fields);
            known.client = clients.find(known.clientId());
            request.exchange().putAttachment(KEY, known);
        }
        return known;
    }

    /** Null where no user was asked for. */
    public static @Nullable SentDigest known(Request request) {
        return request.exchange().getAttachment(KEY);
    }

    public DigestFields fields() {
        return fields;
    }

    /** As C's strtol reads the opaque value; 0 where there is none. */
    public long clientId() {
        String opaque = fields.value("opaque");
        Long id = opaque == null ? null : hexadecimal(opaque);
        return id == null ? 0 : id;
    }

    /** Null for what is no number, or a very long one. */
    public static @Nullable Long hexadecimal(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    public @Nullable Client client() {
        return client;
    }

    public void client(Client made) {
        client = made;
    }

    /** MD5 of user, realm and password, once the client has proved to know them; else null. */
    public @Nullable String userHash() {
        return userHash;
    }

    public void prove(String hash) {
        userHash = hash;
    }

    /** True the first time: a request that leads to others is one use of its nonce. */
    public boolean count() {
        boolean first = !counted;
        counted = true;
        return first;
    }
}
