package dev.sluice.modules.aaa.ldap;

import dev.sluice.directive.Reading;
import dev.sluice.model.Settings;
import dev.sluice.modules.aaa.ldap.DirectoryConnection.Patience;
import dev.sluice.modules.aaa.ldap.DirectoryConnection.Target;
import dev.sluice.modules.aaa.ldap.LdapUrl.Security;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Connections that wait to be used again, by where they lead to. */
final class DirectoryPool implements AutoCloseable {
    /** Does something with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T with(DirectoryConnection connection) throws LdapFailure;
    }

    private record Idle(DirectoryConnection connection, long since) {}

    private record Key(List<String> hosts, int port, Security security, LdapTerms.Aliases aliases) {}

    private static final int MOST_IDLE = 16;

    private final Settings main;
    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private final Map<List<LdapCertificate>, SSLSocketFactory> sockets = new HashMap<>();
    private boolean closed;

    /** @param main the main server's, which say how patient and how trusting to be */
    DirectoryPool(Settings main) {
        this.main = main;
    }

    /** Does {@code use}, again on another connection where one breaks, as often as LDAPRetries says. */
    <T> T use(LdapTerms terms, LdapUrl url, Settings server, Settings here, Use<T> use) throws LdapFailure {
        Security mode = url.security();
        Key key = new Key(
                url.hosts(), url.port(), mode == null ? server.get(LdapModule.TRUSTED_MODE) : mode, terms.aliases);
        int retries = main.get(LdapModule.RETRIES);
        for (int failures = 0; ; failures++) {
            try {
                return once(key, server, here, use);
            } catch (LdapFailure e) {
                if (!e.isOfConnection() || failures >= retries) {
                    throw e;
                }
                pause(main.get(LdapModule.RETRY_DELAY));
            }
        }
    }

    private <T> T once(Key key, Settings server, Settings here, Use<T> use) throws LdapFailure {
        Duration lifetime = server.get(LdapModule.POOL_TTL);
        DirectoryConnection connection = taken(key, lifetime);
        if (connection == null) {
            connection = opened(key, here);
        }
        boolean good = true;
        try {
            return use.with(connection);
        } catch (LdapFailure e) {
            good = !e.isOfConnection();
            throw e;
        } finally {
            if (!good || lifetime.isZero() || !kept(key, connection)) {
                connection.close();
            }
        }
    }

    private synchronized @Nullable DirectoryConnection taken(Key key, Duration lifetime) {
        Deque<Idle> waiting = idle.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            Idle first = waiting.pop();
            if (lifetime.isNegative() || System.nanoTime() - first.since < lifetime.toNanos()) {
                return first.connection;
            }
            first.connection.close();
        }
        return null;
    }

    private synchronized boolean kept(Key key, DirectoryConnection connection) {
        Deque<Idle> waiting = idle.computeIfAbsent(key, k -> new ArrayDeque<>());
        if (closed || waiting.size() >= MOST_IDLE) {
            return false;
        }
        waiting.push(new Idle(connection, System.nanoTime()));
        return true;
    }

    private DirectoryConnection opened(Key key, Settings here) throws LdapFailure {
        Patience patience = new Patience(main.get(LdapModule.CONNECTION_TIMEOUT), main.get(LdapModule.TIMEOUT));
        LdapFailure failure = new LdapFailure(LdapFailure.SERVER_DOWN, "LDAP: no host");
        for (String host : key.hosts) {
            int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
            int port = colon < 0 ? 0 : Reading.atoi(host.substring(colon + 1));
            Target target = new Target(
                    colon < 0 ? host : host.substring(0, colon), port > 0 ? port : key.port, key.security, key.aliases);
            try {
                return DirectoryConnection.open(target, patience, key.security == Security.NONE ? null : sockets(here));
            } catch (LdapFailure e) {
                failure = e;
            }
        }
        throw failure;
    }

    private synchronized SSLSocketFactory sockets(Settings here) throws LdapFailure {
        List<LdapCertificate> all = new ArrayList<>(main.get(LdapModule.GLOBAL_CERTIFICATES));
        all.addAll(here.get(LdapModule.CLIENT_CERTIFICATES));
        SSLSocketFactory known = sockets.get(all);
        if (known == null) {
            known = DirectoryTrust.sockets(all, main.get(LdapModule.VERIFY));
            sockets.put(all, known);
        }
        return known;
    }

    private static void pause(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is in use is closed when it is given back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.values().forEach(waiting -> waiting.forEach(each -> each.connection.close()));
        idle.clear();
    }
}
