package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** {@code sluice serve --demo}: the sample configuration, a backend, and a certificate made for them. */
final class Demo implements AutoCloseable {
    private static final int PORT = 8080;
    private static final int TLS_PORT = 8443;

    private final DemoBackend backend;
    private final Path root;
    private final int port;
    private final int tlsPort;

    private Demo(int port, int tlsPort) throws IOException, GeneralSecurityException {
        this.port = port;
        this.tlsPort = tlsPort;
        this.root = Files.createTempDirectory("sluice-demo");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        SelfSignedCertificate.create("localhost").write(root.resolve("demo.crt"), root.resolve("demo.key"));
        try (InputStream sample = Objects.requireNonNull(Demo.class.getResourceAsStream("demo.conf"))) {
            Files.copy(sample, root.resolve("httpd.conf"));
        }
        this.backend = DemoBackend.start();
    }

    /** On the ports that the README names, or on others where these are taken. */
    static Demo open() throws IOException, GeneralSecurityException {
        return new Demo(free(PORT), free(TLS_PORT));
    }

    /** On ports that nobody else asks for: a demo that is rehearsed may be started for good at the same time. */
    static Demo rehearsal() throws IOException, GeneralSecurityException {
        return new Demo(free(0), free(0));
    }

    static int run(Console console) {
        try (Demo demo = open()) {
            CommandLine line =
                    CommandLine.read(List.of("-d", demo.root.toString(), "-f", "httpd.conf", "-DFOREGROUND"));
            return ServeCommand.serve(line, new SyntaxCheck(demo.request()), console, demo.greeting());
        } catch (IOException | GeneralSecurityException e) {
            console.complain("sluice serve --demo: " + e);
            return 1;
        } catch (CommandLine.Misuse e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the sample asks for, in a folder of its own. */
    ConfigLoader.Request request() {
        Map<String, String> environment = new HashMap<>(Program.environment());
        environment.put("DEMO_ROOT", Program.bytes(root.toString()));
        environment.put("DEMO_PORT", Integer.toString(port));
        environment.put("DEMO_TLS_PORT", Integer.toString(tlsPort));
        environment.put("DEMO_BACKEND_PORT", Integer.toString(backend.port()));
        Set<String> defines = Privileges.isRoot() ? Set.of("AS_ROOT") : Set.of();
        return new ConfigLoader.Request(
                Program.bytes(root.toString()), "httpd.conf", List.of(), List.of(), defines, environment);
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    private List<String> greeting() {
        String plain = "http://localhost:" + port + "/";
        String tls = "https://localhost:" + tlsPort + "/";
        String trusting = "--cacert " + root.resolve("demo.crt") + " ";
        return List.of(
                "in front of a backend on 127.0.0.1:" + backend.port() + "; configuration and logs in " + root,
                "",
                "  " + plain,
                "  " + tls,
                "",
                "  curl -i " + plain + "    # HTTP/1.1",
                "  curl -i --http2-prior-knowledge " + plain + "    # HTTP/2 without TLS",
                "  curl -i --http2 " + trusting + tls + "    # HTTP/2",
                "");
    }

    private static int free(int wanted) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
                return socket.getLocalPort();
            }
        }
    }

    @Override
    public void close() throws IOException {
        backend.close();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
