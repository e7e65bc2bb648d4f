package dev.sluice.modules.proxy.hcheck;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.modules.proxy.Errno;
import dev.sluice.modules.proxy.Worker;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Asks one backend how it is, on a connection of its own (hc_check_http and hc_check_tcp). Blocks. */
final class HealthProbe {
    /** Bytes of one line of the answer (HUGE_STRING_LEN). */
    private static final int MAX_LINE = 8192;

    /** Bytes of an answer's body; what is behind them is not looked at. */
    private static final int MAX_BODY = 1 << 20;

    private HealthProbe() {}

    /** The answer; of {@link HealthCheck.Method#TCP} an empty one. Throws where there is none in time. */
    static HealthAnswer ask(Worker worker, HealthCheck check, ErrorLog log) throws IOException {
        try (Socket plain = new Socket()) {
            connect(plain, worker, check, log);
            if (check.method() == HealthCheck.Method.TCP) {
                return new HealthAnswer(0, Map.of(), "");
            }
            plain.setSoTimeout(worker.timeoutMillis());
            ProxyTlsPlan tls = worker.url().isTls() ? worker.tls() : null;
            if (worker.url().isTls() && tls == null) {
                throw new IOException("no SSLProxyEngine");
            }
            try (Socket socket = tls == null ? plain : over(plain, worker, tls)) {
                socket.getOutputStream().write(request(worker, check).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                return answer(new BufferedInputStream(socket.getInputStream()), isGet(check));
            }
        }
    }

    private static void connect(Socket socket, Worker worker, HealthCheck check, ErrorLog log) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(worker.url().host(), worker.url().port());
        try {
            socket.connect(address, worker.connectMillis());
        } catch (IOException e) {
            String scheme = check.method() == HealthCheck.Method.TCP ? "HCTCP" : "HCOH";
            String numbers =
                    address.getAddress() == null ? "" : address.getAddress().getHostAddress();
            log.log(
                    Level.ERROR,
                    "proxy",
                    Errno.of(e) + "AH00957: " + scheme + ": attempt to connect to " + numbers + ":" + address.getPort()
                            + " (" + address.getHostString() + ":" + address.getPort() + ") failed");
            throw e;
        }
    }

    private static Socket over(Socket plain, Worker worker, ProxyTlsPlan tls) throws IOException {
        return tls.context()
                .getSocketFactory()
                .createSocket(plain, worker.url().host(), worker.url().port(), true);
    }

    private static boolean isGet(HealthCheck check) {
        return check.method() == HealthCheck.Method.GET || check.method() == HealthCheck.Method.GET11;
    }

    /** create_hcheck_req. */
    static String request(Worker worker, HealthCheck check) {
        String word = check.method().word();
        boolean http11 = word.endsWith("11");
        String method = http11 ? word.substring(0, word.length() - 2) : word;
        String path = worker.url().path();
        String target = method.equals("OPTIONS")
                ? "*"
                : path + (!path.isEmpty() && !check.uri().isEmpty() ? "/" : "") + check.uri();
        return method + " " + target + (http11 ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n") + "Host: "
                + worker.url().host() + ":" + worker.url().port() + "\r\n\r\n";
    }

    private static HealthAnswer answer(InputStream in, boolean hasBody) throws IOException {
        String first = line(in);
        if (first.length() < 12 || !first.matches("HTTP/1\\.[0-9] [0-9]{3}.*")) {
            throw new IOException("no status line");
        }
        int status = Integer.parseInt(first.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            int colon = field.indexOf(':');
            if (colon < 0) {
                throw new IOException("no header");
            }
            headers.merge(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        }
        return new HealthAnswer(status, headers, hasBody && status != 204 && status != 304 ? body(in, headers) : "");
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String length = headers.get("content-length");
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                copy(in, size, out);
                line(in);
            }
        } else if (length != null) {
            copy(in, number(length, 10), out);
        } else {
            out.write(in.readNBytes(MAX_BODY));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static int chunk(InputStream in) throws IOException {
        String size = line(in);
        int extension = size.indexOf(';');
        return number(extension < 0 ? size : size.substring(0, extension), 16);
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseInt(text.strip(), radix);
        } catch (NumberFormatException e) {
            throw new IOException("no length: " + text, e);
        }
    }

    private static void copy(InputStream in, int size, ByteArrayOutputStream out) throws IOException {
        if (size > MAX_BODY - out.size()) {
            throw new IOException("body of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        out.writeBytes(bytes);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0 || line.length() >= MAX_LINE) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
