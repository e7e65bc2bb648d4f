package dev.sluice.modules.proxy;

import io.undertow.util.AttachmentKey;

/** What a proxied exchange tells others, the access log for one. */
public final class ProxyAttachments {
    /** The worker that was chosen: its {@link Worker#name} is {@code BALANCER_WORKER_NAME} and its like. */
    public static final AttachmentKey<Worker> WORKER = AttachmentKey.create(Worker.class);

    /** The status the backend answered, whatever the client got ({@code proxy-status} of httpd); absent without an answer. */
    public static final AttachmentKey<Integer> BACKEND_STATUS = AttachmentKey.create(Integer.class);

    /** Why a proxied request failed, as httpd's error page says it; absent where the page says nothing of its own. */
    public static final AttachmentKey<String> FAILURE_REASON = ProxyFailure.REASON;

    private ProxyAttachments() {}
}
