package dev.sluice.compat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command of one of the two servers.
 *
 * @param name the name of its folder and transcript; names are equally long, since paths appear in bodies
 */
record ServerUnderTest(String name, List<String> command) {
    private static final Path APACHE2 = Path.of(System.getProperty("compat.first", "/usr/sbin/apache2"));
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final String SECOND = "compat.second";

    static ServerUnderTest apache2() {
        return new ServerUnderTest("apache", List.of(APACHE2.toString()));
    }

    static boolean isInstalled() {
        return Files.isExecutable(APACHE2) && Files.isExecutable(CURL);
    }

    static boolean secondIsSluice() {
        return System.getProperty(SECOND) == null;
    }

    /** {@code bin/httpd} of the working tree, or what {@code -Dcompat.second} names. */
    static ServerUnderTest sluice() {
        String launcher = Path.of("bin/httpd").toAbsolutePath().toString();
        return new ServerUnderTest("sluice", List.of(System.getProperty(SECOND, launcher)));
    }
}
