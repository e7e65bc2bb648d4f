package dev.sluice.modules.aaa.digest;

import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import java.util.List;

/**
 * What the lines of a section say of Digest. A section that has one forgets those around it: the module has no merge function
 * in httpd.
 *
 * @param providers empty for the usual one
 * @param lifetime of a nonce, in seconds; 0 for once, below 0 for ever
 * @param counts true where the uses of a nonce are counted
 * @param domain URIs with blanks between them; empty for none
 */
public record DigestTerms(List<Named> providers, long lifetime, boolean counts, String domain) {
    public static final DigestTerms NONE = new DigestTerms(List.of(), 300, false, "");

    public DigestTerms withProviders(List<Named> all) {
        return new DigestTerms(List.copyOf(all), lifetime, counts, domain);
    }

    public DigestTerms withLifetime(long seconds) {
        return new DigestTerms(providers, seconds, counts, domain);
    }

    public DigestTerms counting(boolean on) {
        return new DigestTerms(providers, lifetime, on, domain);
    }

    public DigestTerms withDomain(String uri) {
        return new DigestTerms(providers, lifetime, counts, domain.isEmpty() ? uri : domain + " " + uri);
    }

    /** True where clients have to be told apart. */
    public boolean needsClients() {
        return counts || lifetime == 0;
    }
}
