package dev.sluice.migrate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server at an address for what a URL of any host means: one request over HTTP/1.1, one connection. No client at hand
 * lets the Host field, the SNI name and the address differ. Certificates are not checked: the question is what both servers
 * say.
 */
final class Fetch {
    /** How much of a body is compared, and a line of a head at most. */
    private static final int BODY = 8 * 1024 * 1024;

    private static final int LINE = 64 * 1024;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;
    private static final SSLContext TRUSTING = trusting();

    private final InputStream in;

    private Fetch(InputStream in) {
        this.in = in;
    }

    /** Never throws: what goes wrong is an answer, too. */
    static Answer from(InetSocketAddress server, Question question) {
        try (Socket socket = connected(server, question)) {
            socket.getOutputStream().write(head(question).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new Fetch(new BufferedInputStream(socket.getInputStream())).answer(question);
        } catch (IOException e) {
            return Answer.none(String.valueOf(e.getMessage()));
        }
    }

    private static Socket connected(InetSocketAddress server, Question question) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server, CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            if (!question.tls()) {
                return socket;
            }
            String name = question.host().replaceFirst(":\\d+$", "");
            SSLSocket secure =
                    (SSLSocket) TRUSTING.getSocketFactory().createSocket(socket, name, server.getPort(), true);
            if (!name.matches("[\\d.]+") && !name.startsWith("[")) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                secure.setSSLParameters(parameters);
            }
            secure.startHandshake();
            return secure;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String head(Question question) {
        StringBuilder head = new StringBuilder()
                .append(question.method())
                .append(' ')
                .append(question.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(question.host())
                .append("\r\nConnection: close\r\n");
        question.fields()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private Answer answer(Question question) throws IOException {
        String line = line();
        while (line.startsWith("HTTP/1.1 1")) {
            fields();
            line = line();
        }
        if (!line.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("no HTTP answer: " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, List<String>> fields = fields();
        boolean empty = question.method().equals("HEAD") || status == 204 || status == 304;
        return new Answer(status, line.substring(12).strip(), fields, empty ? "" : body(fields));
    }

    private String body(Map<String, List<String>> fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (fields.getOrDefault("transfer-encoding", List.of())
                .toString()
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            for (int size = chunk(); size > 0; size = chunk()) {
                body.write(in.readNBytes(size));
                line();
            }
            fields();
        } else {
            List<String> length = fields.get("content-length");
            long count = length == null ? BODY : Long.parseLong(length.get(0));
            body.write(in.readNBytes((int) Math.min(BODY, count)));
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    private int chunk() throws IOException {
        String size = line();
        int end = size.indexOf(';');
        try {
            int count = Integer.parseInt((end < 0 ? size : size.substring(0, end)).strip(), 16);
            if (count <= BODY) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new IOException("no size of a chunk: " + size, e);
        }
        throw new IOException("a chunk of more than " + BODY + " bytes");
    }

    private Map<String, List<String>> fields() throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = (colon < 0 ? line : line.substring(0, colon)).toLowerCase(Locale.ROOT);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed without a whole answer");
            }
            if (line.length() > LINE) {
                throw new IOException("a line of more than " + LINE + " bytes");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
