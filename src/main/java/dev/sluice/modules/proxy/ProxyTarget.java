package dev.sluice.modules.proxy;

import io.undertow.util.AttachmentKey;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param worker whose connections carry it
 * @param url the backend, whose authority is the Host it is asked for
 * @param uri the request target: path and query, as they are sent
 * @param balanced the request for a balancer that this is an attempt of; null where the worker is no member of one
 */
public record ProxyTarget(Worker worker, ProxyUrl url, String uri, @Nullable BalancedRequest balanced) {
    /** On an exchange that {@link ProxyHandler} is to answer. */
    public static final AttachmentKey<ProxyTarget> KEY = AttachmentKey.create(ProxyTarget.class);

    public ProxyTarget(Worker worker, ProxyUrl url, String uri) {
        this(worker, url, uri, null);
    }
}
