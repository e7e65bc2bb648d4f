package dev.sluice.modules.aaa.digest;

import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Whether the URI that a digest is about is the one asked for. */
public enum DigestUri {
    SAME,
    OTHER,
    INVALID;

    /** A proxy on the way may have written the target otherwise: then its parts have to be the same. */
    public static DigestUri of(Request request, String sent) {
        String target = request.original().unparsedUri();
        if (sent.equals(target)) {
            return SAME;
        }
        URI asked = parsed(target);
        URI said = parsed(sent);
        if (said == null || said.getRawSchemeSpecificPart() == null || sent.startsWith(":")) {
            return INVALID;
        }
        return asked != null
                        && hostFits(request, said)
                        && same(said.getPath(), asked.getPath())
                        && same(said.getQuery(), asked.getQuery())
                ? SAME
                : OTHER;
    }

    private static boolean hostFits(Request request, URI said) {
        String host = said.getHost();
        if (host == null) {
            return true;
        }
        int port = said.getPort() < 0 ? SelfReference.defaultPort(SelfReference.scheme(request)) : said.getPort();
        return host.equalsIgnoreCase(SelfReference.serverName(request)) && port == SelfReference.port(request);
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
