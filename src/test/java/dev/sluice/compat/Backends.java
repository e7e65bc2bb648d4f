package dev.sluice.compat;

import io.undertow.Undertow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The backends of one server: opened when its configuration names them, closed with it. */
final class Backends implements AutoCloseable {
    private final SSLContext tls;
    private final Sightings sightings = new Sightings();
    private final List<AutoCloseable> open = new ArrayList<>();

    Backends(SSLContext tls) {
        this.tls = tls;
    }

    Sightings sightings() {
        return sightings;
    }

    /**
     * Opens the backend of this name and tells its port: {@code BACKEND_H1}, {@code BACKEND_TLS}, {@code BACKEND_H2C},
     * {@code BACKEND_H2}, {@code BACKEND_FCGI}, {@code BACKEND_SCGI}, {@code BACKEND_UWSGI} (each also with a suffix, for a
     * second one), {@code BACKEND_CLOSED} (nobody listens), {@code BACKEND_FULL} (listens, but never takes a connection),
     * {@code BACKEND_LDAP} (a directory, by StartTLS too) and {@code BACKEND_LDAPS}.
     */
    int open(String name) {
        try {
            if (name.startsWith("BACKEND_H1")) {
                return echo(name, Ports.listen(ServerSocketFactory.getDefault(), 50));
            }
            if (name.startsWith("BACKEND_TLS")) {
                return echo(name, Ports.listen(tls.getServerSocketFactory(), 50));
            }
            if (name.startsWith("BACKEND_H2C")) {
                return multiplexing(name, null);
            }
            if (name.startsWith("BACKEND_H2")) {
                return multiplexing(name, tls);
            }
            if (name.startsWith("BACKEND_FCGI")) {
                return kept(Ports.listen(ServerSocketFactory.getDefault(), 50), FastCgiBackend::new, name);
            }
            if (name.startsWith("BACKEND_AJP")) {
                return kept(Ports.listen(ServerSocketFactory.getDefault(), 50), AjpBackend::new, name);
            }
            if (name.startsWith("BACKEND_SCGI")) {
                return kept(Ports.listen(ServerSocketFactory.getDefault(), 50), ScgiBackend::new, name);
            }
            if (name.startsWith("BACKEND_UWSGI")) {
                return kept(Ports.listen(ServerSocketFactory.getDefault(), 50), UwsgiBackend::new, name);
            }
            if (name.startsWith("BACKEND_CLOSED")) {
                return Ports.free();
            }
            if (name.startsWith("BACKEND_FULL")) {
                return full();
            }
            if (name.startsWith("BACKEND_LDAP")) {
                PeopleDirectory directory = PeopleDirectory.open(tls, name.startsWith("BACKEND_LDAPS"));
                open.add(directory);
                return directory.port();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("@" + name + "@ (expected: a backend of compat-tests/README.md)");
    }

    /** Makes a backend that listens there. */
    private interface Making {
        AutoCloseable of(String name, ServerSocket listening, Sightings sightings);
    }

    private int kept(ServerSocket listening, Making making, String name) {
        open.add(making.of(name, listening, sightings));
        return listening.getLocalPort();
    }

    /** A socket in the file system that leads to the backend at {@code port}. */
    void door(Path path, int port) {
        try {
            open.add(new UnixSocketDoor(path, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int echo(String name, ServerSocket listening) {
        open.add(new EchoBackend(name, listening, sightings));
        return listening.getLocalPort();
    }

    private int multiplexing(String name, @Nullable SSLContext context) {
        int port = Ports.free();
        Undertow server = MultiplexingBackend.start(name, port, context, sightings);
        open.add(server::stop);
        return port;
    }

    /** The queue of a listening socket nobody accepts from is filled, so that the kernel drops further connections. */
    private int full() throws IOException {
        ServerSocket listening = Ports.listen(ServerSocketFactory.getDefault(), 1);
        open.add(listening);
        for (int i = 0; i < 3; i++) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()), 200);
            } catch (IOException full) {
                break;
            }
        }
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        for (AutoCloseable backend : open) {
            try {
                backend.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
