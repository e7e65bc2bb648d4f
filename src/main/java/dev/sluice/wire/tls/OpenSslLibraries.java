package dev.sluice.wire.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells wildfly-openssl where the system keeps OpenSSL. It looks for names without a version, in the folders of the JVM
 * alone: a Debian without development packages has neither.
 */
final class OpenSslLibraries {
    private static final String SSL = "org.wildfly.openssl.path.ssl";
    private static final String CRYPTO = "org.wildfly.openssl.path.crypto";

    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
            "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu");

    /** Both libraries must be of one version. */
    private static final List<String> VERSIONS = List.of(".3", ".1.1");

    private OpenSslLibraries() {}

    /** What was set on the command line stands. */
    static void find() {
        if (System.getProperty("org.wildfly.openssl.path") != null || System.getProperty(SSL) != null) {
            return;
        }
        for (String folder : FOLDERS) {
            for (String version : VERSIONS) {
                Path ssl = Path.of(folder, "libssl.so" + version);
                Path crypto = Path.of(folder, "libcrypto.so" + version);
                if (Files.isRegularFile(ssl) && Files.isRegularFile(crypto)) {
                    System.setProperty(SSL, ssl.toString());
                    System.setProperty(CRYPTO, crypto.toString());
                    return;
                }
            }
        }
    }
}
