package dev.sluice.modules.aaa.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a connection by ldaps. JNDI takes a class by its name and asks it for its one factory: which one that is
 * belongs to the thread that is about to connect.
 */
public final class DirectorySockets extends SocketFactory {
    private static final ThreadLocal<@Nullable SSLSocketFactory> OF_THREAD = new ThreadLocal<>();

    private final SSLSocketFactory sockets;

    private DirectorySockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** Called by JNDI. */
    public static SocketFactory getDefault() {
        return new DirectorySockets(Objects.requireNonNull(OF_THREAD.get(), "connecting without use()"));
    }

    static void use(@Nullable SSLSocketFactory sockets) {
        if (sockets == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(sockets);
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        return sockets.createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return sockets.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return sockets.createSocket(address, port, localAddress, localPort);
    }
}
