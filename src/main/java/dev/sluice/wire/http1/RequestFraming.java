package dev.sluice.wire.http1;

import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.util.List;
import java.util.Locale;

/** What follows a request's head, and what becomes of its connection (ap_read_request, RFC 9112, 6.3 and 9.3). */
final class RequestFraming {
    private RequestFraming() {}

    /** The host by name, then the body. Host and Content-Length are put right in {@code headers}. */
    static BodyFraming judge(RequestLine line, HeaderMap headers, String scheme) throws Refused {
        BodyFraming body = body(line, headers);
        host(line, headers, scheme);
        expectation(line, headers);
        return body;
    }

    private static void expectation(RequestLine line, HeaderMap headers) throws Refused {
        String expect = headers.getFirst(Headers.EXPECT);
        if (expect != null && line.protocol.equals(Protocols.HTTP_1_1) && !expect.equalsIgnoreCase("100-continue")) {
            String text = "AH00570: client sent an unrecognized expectation value of Expect: " + expect;
            throw new Refused(new Refusal(417, "", List.of(new Refusal.Line(false, "core", text))), text);
        }
    }

    private static void host(RequestLine line, HeaderMap headers, String scheme) throws Refused {
        HeaderValues hosts = headers.get(Headers.HOST);
        if (hosts == null) {
            if (line.protocol.equals(Protocols.HTTP_1_1)) {
                throw noHost(line);
            }
            return;
        }
        boolean named = !line.authority.isEmpty()
                && (line.scheme().isEmpty() || line.scheme().equals(scheme));
        if (named) {
            String asked = hosts.getFirst();
            if (hosts.size() > 1 || !line.authority.equals(asked)) {
                headers.put(Headers.HOST, line.authority.toLowerCase(Locale.ROOT));
            }
            if (!isTargetHost(line.authority)) {
                throw badHost(headers, line.authority);
            }
            return;
        }
        String host = hosts.size() == 1 ? hosts.getFirst() : String.join(", ", hosts);
        if (host.isEmpty()) {
            if (line.protocol.equals(Protocols.HTTP_1_1)) {
                throw noHost(line);
            }
        } else if (!HostField.isValid(host)) {
            throw badHost(headers, host);
        }
    }

    /** httpd looks at no port that stood in the target. */
    private static boolean isTargetHost(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        return HostField.isValid(port ? authority.substring(0, colon) : authority);
    }

    private static Refused noHost(RequestLine line) {
        return flaw(
                "AH00569: client sent HTTP/1.1 request without hostname (see RFC2616 section 14.23): " + path(line));
    }

    /** The field goes: nobody is to find a virtual host by it. */
    private static Refused badHost(HeaderMap headers, String host) {
        headers.remove(Headers.HOST);
        return flaw("AH00550: Client sent malformed Host header: " + host);
    }

    private static BodyFraming body(RequestLine line, HeaderMap headers) throws Refused {
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        HeaderValues codings = headers.get(Headers.TRANSFER_ENCODING);
        if (lengths == null && codings == null) {
            return BodyFraming.NONE;
        }
        long length = 0;
        if (lengths != null) {
            length = lengths.size() == 1 ? BodyFraming.length(lengths.getFirst()) : -1;
            if (length < 0) {
                throw flaw("AH10242: client sent invalid Content-Length (" + String.join(", ", lengths) + "): "
                        + path(line));
            }
        }
        if (codings == null) {
            return length == 0 ? BodyFraming.NONE : new BodyFraming(BodyFraming.Kind.FIXED, length, true);
        }
        if (!BodyFraming.endsInChunked(codings.getLast())) {
            throw flaw("AH02539: client sent unknown Transfer-Encoding (" + String.join(", ", codings) + "): "
                    + path(line));
        }
        if (lengths != null) {
            headers.remove(Headers.CONTENT_LENGTH);
        }
        boolean trusted = lengths == null && line.protocol.equals(Protocols.HTTP_1_1);
        return new BodyFraming(BodyFraming.Kind.CHUNKED, 0, trusted);
    }

    private static String path(RequestLine line) {
        int question = line.path.indexOf('?');
        return question < 0 ? line.path : line.path.substring(0, question);
    }

    private static Refused flaw(String message) {
        return new Refused(Refusal.debug(400, message), message);
    }

    /** Whether the client lets the connection live on (ap_set_keepalive). */
    static boolean persistent(HttpString protocol, HeaderMap headers) {
        if (protocol.equals(Protocols.HTTP_0_9)) {
            return false;
        }
        HeaderValues values = headers.get(Headers.CONNECTION);
        boolean latest = protocol.equals(Protocols.HTTP_1_1);
        if (values == null) {
            return latest;
        }
        return !hasToken(values, "close") && (latest || hasToken(values, "keep-alive"));
    }

    private static boolean hasToken(HeaderValues values, String token) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            int from = 0;
            while (from < value.length()) {
                int comma = value.indexOf(',', from);
                int end = comma < 0 ? value.length() : comma;
                if (is(value, from, end, token)) {
                    return true;
                }
                from = end + 1;
            }
        }
        return false;
    }

    private static boolean is(String value, int start, int end, String token) {
        int from = start;
        int to = end;
        while (from < to && value.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && value.charAt(to - 1) <= ' ') {
            to--;
        }
        return to - from == token.length() && value.regionMatches(true, from, token, 0, token.length());
    }
}
