package dev.sluice.wire.http2;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/** Gathers a request's header list, and judges it: malformed (RFC 9113 section 8.3.1), refused with a status, or fit for an exchange. */
final class RequestHead implements HeaderDecoder.Fields {
    /** RFC 6585; {@link io.undertow.util.StatusCodes} has no name for it. */
    private static final int FIELDS_TOO_LARGE = 431;

    private static final int URI_TOO_LONG = 414;

    private final Http2Options options;
    private final HeaderMap headers = new HeaderMap();
    private String method = "";
    private @Nullable String scheme;
    private @Nullable String authority;
    private @Nullable String path;
    private @Nullable String protocol;
    private @Nullable String flaw;
    private boolean regularSeen;
    private int fields;
    private long size;
    private long contentLength = -1;
    private int refusal;

    RequestHead(Http2Options options) {
        this.options = options;
    }

    @Override
    public void field(HeaderField field) {
        size += field.size;
        if (size > options.maxHeaderListSize()) {
            refuse(FIELDS_TOO_LARGE);
        }
        if (!field.wellFormed) {
            flaw("header field '" + field.name + "' holds what it must not");
            return;
        }
        if (field.kind.pseudo()) {
            pseudo(field);
            return;
        }
        regularSeen = true;
        if ((options.maxHeaderFields() > 0 && ++fields > options.maxHeaderFields())
                || field.name.length() + field.value.length() + 2 > options.maxFieldSize()) {
            refuse(FIELDS_TOO_LARGE);
        }
        if (refusal == 0 || field.kind == HeaderField.Kind.HOST) {
            regular(field);
        }
    }

    private void pseudo(HeaderField field) {
        if (regularSeen) {
            flaw("pseudo-header field '" + field.name + "' behind a header field");
        }
        if (field.value.length() > options.maxRequestLine()) {
            refuse(URI_TOO_LONG);
        }
        switch (field.kind) {
            case METHOD -> {
                once(method.isEmpty() ? null : method, field);
                method = field.value;
            }
            case SCHEME -> {
                once(scheme, field);
                scheme = field.value;
            }
            case AUTHORITY -> {
                once(authority, field);
                authority = field.value;
            }
            case PATH -> {
                once(path, field);
                path = field.value;
            }
            case PROTOCOL -> {
                once(protocol, field);
                protocol = field.value;
            }
            default -> flaw("pseudo-header field '" + field.name + "' in a request");
        }
    }

    private void once(@Nullable String before, HeaderField field) {
        if (before != null) {
            flaw("pseudo-header field '" + field.name + "' twice");
        }
    }

    private void regular(HeaderField field) {
        switch (field.kind) {
            case CONNECTION_SPECIFIC -> flaw("header field '" + field.name + "', which HTTP/2 does not have");
            case TE -> {
                if (!field.value.equalsIgnoreCase("trailers")) {
                    flaw("header field 'te' with '" + field.value + "'");
                }
                headers.add(field.name, field.value);
            }
            case CONTENT_LENGTH -> {
                long length = HeaderRules.contentLength(field.value);
                if (length < 0 || contentLength >= 0) {
                    flaw("content-length '" + field.value + "'");
                }
                contentLength = length;
                headers.put(field.name, field.value);
            }
            case COOKIE -> cookie(field);
            case HOST -> {
                if (headers.contains(Headers.HOST)) {
                    flaw("header field 'host' twice");
                }
                headers.put(Headers.HOST, field.value);
            }
            default -> headers.add(field.name, field.value);
        }
    }

    /** Crumbs become one header again (RFC 9113 section 8.2.3): two would be joined by commas further on. */
    private void cookie(HeaderField field) {
        HeaderValues before = headers.get(Headers.COOKIE);
        headers.put(Headers.COOKIE, before == null ? field.value : before.getFirst() + "; " + field.value);
    }

    private void flaw(String what) {
        if (flaw == null) {
            flaw = what;
        }
    }

    private void refuse(int status) {
        if (refusal == 0) {
            refusal = status;
        }
    }

    /** Must be called when the block is read, and before the rest is asked for; {@code endsStream} with a request that has no body. */
    void complete(boolean endsStream) {
        if (!HeaderRules.methodAllowed(method)) {
            flaw("method '" + method + "'");
        }
        if (connect() && protocol == null) {
            if (scheme != null || path != null || authority == null || authority.isEmpty()) {
                flaw("CONNECT with more, or less, than an authority");
            }
        } else {
            checkTarget();
        }
        if (protocol != null && (!connect() || !options.connectProtocol())) {
            flaw("':protocol' where it was not offered");
        }
        if (contentLength > 0 && endsStream) {
            flaw("no body where content-length says " + contentLength);
        }
        checkAuthority();
    }

    private void checkTarget() {
        String scheme = this.scheme;
        String path = this.path;
        if (scheme == null || path == null) {
            flaw("a request without '" + (scheme == null ? ":scheme" : ":path") + "'");
        } else if (!HeaderRules.pathAllowed(path, method)) {
            flaw("path '" + path + "'");
        } else if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            refuse(StatusCodes.BAD_REQUEST);
        } else if (path.indexOf('#') >= 0) {
            refuse(StatusCodes.BAD_REQUEST);
        }
    }

    private void checkAuthority() {
        String authority = this.authority;
        HeaderValues host = headers.get(Headers.HOST);
        if (authority == null) {
            if (host == null) {
                flaw("neither ':authority' nor 'host'");
            }
            return;
        }
        if (authority.indexOf('@') >= 0) {
            refuse(StatusCodes.BAD_REQUEST);
        }
        if (!HeaderRules.authorityAllowed(authority)) {
            flaw("authority '" + authority + "'");
        } else if (host != null && !host.getFirst().equalsIgnoreCase(authority)) {
            flaw("host '" + host.getFirst() + "' where ':authority' is '" + authority + "'");
        } else if (host == null) {
            headers.put(Headers.HOST, authority);
        }
    }

    /** What makes the request malformed, or null. */
    @Nullable
    String flaw() {
        return flaw;
    }

    /** The status of a request that is to be answered with an error for its head alone, else 0. */
    int refusal() {
        return refusal;
    }

    HeaderMap headers() {
        return headers;
    }

    String method() {
        return method;
    }

    boolean connect() {
        return method.equals("CONNECT");
    }

    /** {@code :path}, or the authority of a CONNECT without one. */
    String target() {
        String path = this.path;
        String authority = this.authority;
        return path != null ? path : authority != null ? authority : "";
    }

    /** Of an extended CONNECT (RFC 8441), else null. */
    @Nullable
    String protocol() {
        return protocol;
    }

    /** -1 for none. */
    long contentLength() {
        return contentLength;
    }
}
