package dev.sluice.modules.core;

import dev.sluice.model.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates that one module keeps for hosts of another: what httpd's core has as ap_ssl_add_cert_files (server/ssl.c). */
public final class CertificateFiles {
    /** PEM files: a chain, the host's own certificate first, and its key. */
    public record Pair(Path certificates, Path key) {}

    /** Says what belongs to a host: nothing, or files, or an answer that there is none though there should be. */
    public interface Keeper {
        List<Pair> of(Server server) throws Missing;
    }

    /** A host whose certificates are kept elsewhere, and are not there. */
    public static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Keeper> keepers = new ArrayList<>();

    public void add(Keeper keeper) {
        keepers.add(keeper);
    }

    /** What keepers have for {@code server}. */
    public List<Pair> of(Server server) throws Missing {
        List<Pair> all = new ArrayList<>();
        for (Keeper keeper : keepers) {
            all.addAll(keeper.of(server));
        }
        return all;
    }
}
