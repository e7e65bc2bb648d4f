package dev.sluice.modules.proxy;

import dev.sluice.connection.ProxyTlsPlan;
import dev.sluice.request.ErrorLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A backend as configured: its URL, its parameters, its state and its connections. Any thread. */
public final class Worker {
    private final String name;
    private final ProxyUrl url;
    private final WorkerParameters parameters;
    private final WorkerState state;
    private final WorkerPool pool;
    private final ProxySettings settings;
    private final ErrorLog log;

    Worker(String name, ProxyUrl url, WorkerParameters parameters, ProxySettings settings, ErrorLog log) {
        this.name = name;
        this.url = url;
        this.parameters = parameters;
        this.settings = settings;
        this.log = log;
        this.state = new WorkerState(parameters);
        this.pool = new WorkerPool(new BackendConnector(url, parameters, settings, log), parameters);
    }

    /** Its URL as configured: what logs show and what requests are matched by. */
    public String name() {
        return name;
    }

    /** Whether no line names it: httpd's default worker. */
    boolean isTemporary() {
        return name.equals("proxy:reverse");
    }

    public ProxyUrl url() {
        return url;
    }

    public WorkerParameters parameters() {
        return parameters;
    }

    public WorkerState state() {
        return state;
    }

    WorkerPool pool() {
        return pool;
    }

    /** The longest wait for its answer, each time. */
    public int timeoutMillis() {
        Duration own = parameters.timeout();
        return (int) (own == null ? settings.timeout() : own).toMillis();
    }

    /** The longest wait for a connection. */
    public int connectMillis() {
        Duration own = parameters.connectionTimeout();
        return own == null ? timeoutMillis() : (int) own.toMillis();
    }

    /** How it is spoken to over TLS; null where SSLProxyEngine is off. */
    public @Nullable ProxyTlsPlan tls() {
        return settings.tls().get();
    }

    /** The backend's host, for people. */
    public String host() {
        return url.host();
    }

    ErrorLog log() {
        return log;
    }

    /** Lets its idle connections go; those in use follow when their requests end. */
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
