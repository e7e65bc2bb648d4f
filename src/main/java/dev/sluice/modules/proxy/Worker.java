package dev.sluice.modules.proxy;

import dev.sluice.request.ErrorLog;

/** A backend as configured: its URL, its parameters, its state and its connections. Any thread. */
public final class Worker {
    private final String name;
    private final ProxyUrl url;
    private final WorkerParameters parameters;
    private final WorkerState state;
    private final WorkerPool pool;
    private final ErrorLog log;

    Worker(String name, ProxyUrl url, WorkerParameters parameters, ProxySettings settings, ErrorLog log) {
        this.name = name;
        this.url = url;
        this.parameters = parameters;
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
