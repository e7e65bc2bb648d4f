package dev.sluice.modules.proxy;

import io.undertow.util.AttachmentKey;

/**
 * Where a request goes.
 *
 * @param worker whose connections carry it
 * @param url the backend, whose authority is the Host it is asked for
 * @param uri the request target: path and query, as they are sent
 */
public record ProxyTarget(Worker worker, ProxyUrl url, String uri) {
    /** On an exchange that {@link ProxyHandler} is to answer. */
    public static final AttachmentKey<ProxyTarget> KEY = AttachmentKey.create(ProxyTarget.class);
}
