package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.AllModules;
import dev.sluice.request.Level;
import dev.sluice.server.HttpdServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A rehearsal: loads the classes that checking and serving need, so that the JVM that runs it can write them to the archive
 * that the launchers start with. Serves the demo and asks it once in each way.
 */
public final class ClassArchive {
    private static final int PATIENCE = 5000;

    /** The preface of HTTP/2, empty SETTINGS, and a GET of / from localhost that ends its stream (RFC 9113, RFC 7541). */
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int GET = 0x82;
    private static final int ROOT_PATH = 0x84;
    private static final int SCHEME_HTTP = 0x86;
    private static final int SCHEME_HTTPS = 0x87;
    private static final int AUTHORITY = 0x41;

    private ClassArchive() {}

    /** Exits with 0 whatever happens on the way but a configuration that cannot be served: an archive is a convenience. */
    public static void main(String[] arguments) throws Exception {
        LibraryLogs.begin();
        try (Demo demo = Demo.rehearsal()) {
            rehearseCommands(demo);
            rehearseServer(demo);
        }
    }

    private static void rehearseCommands(Demo demo) throws Exception {
        Path sample = Path.of(demo.request().serverRoot(), "rehearsal.conf");
        try (InputStream text = Objects.requireNonNull(ClassArchive.class.getResourceAsStream("rehearsal.conf"))) {
            Files.copy(text, sample);
        }
        for (String option : List.of("-t", "-S", "-M")) {
            HttpdCommand.run(CommandLine.read(List.of(option, "-f", sample.toString())), new Console(Level.WARN));
        }
        LintCommand.run(List.of("--offline", "--severity", "note", sample.toString()), new Console(Level.WARN));
        Usage.of("httpd");
        Privileges.ofThisProcess();
    }

    private static void rehearseServer(Demo demo) throws Exception {
        ConfigLoader.Loaded loaded = ConfigLoader.load(demo.request(), AllModules.create());
        try (HttpdServer server = HttpdServer.start(loaded)) {
            Signals.take("USR1", () -> {});
            for (int i = 0; i < 2; i++) {
                ask(new Socket(loopback(), demo.port()), http1());
                ask(new Socket(loopback(), demo.port()), http2(SCHEME_HTTP));
                ask(tls(demo, "http/1.1"), http1());
                ask(tls(demo, "h2"), http2(SCHEME_HTTPS));
            }
            ConfigLoader.Loaded again = ConfigLoader.load(demo.request(), AllModules.create());
            server.reload(again);
        } catch (CannotStart e) {
            System.exit(1);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Sends {@code bytes}, reads what comes first. An answer that does not come is no failure. */
    private static void ask(Socket socket, byte[] bytes) {
        try (socket) {
            socket.setSoTimeout(PATIENCE);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            byte[] answer = new byte[16384];
            int end = 0;
            while (end >= 0 && !new String(answer, 0, end, StandardCharsets.ISO_8859_1).contains("backend was asked")) {
                int read = socket.getInputStream().read(answer, end, answer.length - end);
                end = read <= 0 ? -1 : end + read;
            }
        } catch (IOException e) {
            return;
        }
    }

    private static byte[] http1() {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: rehearsal\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] http2(int scheme) {
        byte[] host = "localhost".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        bytes.writeBytes(new byte[] {0, 0, (byte) (host.length + 5), 1, 5, 0, 0, 0, 1});
        bytes.writeBytes(
                new byte[] {(byte) GET, (byte) scheme, (byte) ROOT_PATH, (byte) AUTHORITY, (byte) host.length});
        bytes.writeBytes(host);
        return bytes.toByteArray();
    }

    private static Socket tls(Demo demo, String protocol) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyServer()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback(), demo.tlsPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** The server asked is this process. */
    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
