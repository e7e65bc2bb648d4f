package dev.sluice.modules.proxy.gateway;

import io.undertow.util.HttpString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers and texts of AJP/1.3. */
final class AjpWords {
    private static final int CODED = 0xA000;

    private static final List<String> METHODS = List.of(
            "OPTIONS",
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "TRACE",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "ACL",
            "REPORT",
            "VERSION-CONTROL",
            "CHECKIN",
            "CHECKOUT",
            "UNCHECKOUT",
            "SEARCH",
            "MKWORKSPACE",
            "UPDATE",
            "LABEL",
            "MERGE",
            "BASELINE-CONTROL",
            "MKACTIVITY");

    private static final List<String> ASKED = List.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "authorization",
            "connection",
            "content-type",
            "content-length",
            "cookie",
            "cookie2",
            "host",
            "pragma",
            "referer",
            "user-agent");

    private static final List<String> ANSWERED = List.of(
            "Content-Type",
            "Content-Language",
            "Content-Length",
            "Date",
            "Last-Modified",
            "Location",
            "Set-Cookie",
            "Set-Cookie2",
            "Servlet-Engine",
            "Status",
            "WWW-Authenticate");

    private AjpWords() {}

    /** 0 for a method that AJP has no number for. */
    static int method(String name) {
        return METHODS.indexOf(name) + 1;
    }

    static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /** A length, the bytes, and a zero. */
    static void text(ByteArrayOutputStream out, @Nullable String text) {
        if (text == null) {
            number(out, 0xFFFF);
            return;
        }
        number(out, text.length());
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
    }

    static void fieldName(ByteArrayOutputStream out, HttpString name) {
        int known = ASKED.indexOf(name.toString().toLowerCase(java.util.Locale.ROOT));
        if (known >= 0) {
            number(out, CODED + known + 1);
        } else {
            text(out, name.toString());
        }
    }

    static String text(ByteBuffer in) {
        int length = in.getShort() & 0xFFFF;
        if (length == 0xFFFF) {
            return "";
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        in.get();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String fieldName(ByteBuffer in) {
        int code = in.getShort(in.position()) & 0xFFFF;
        if ((code & 0xFF00) != CODED) {
            return text(in);
        }
        in.getShort();
        int index = (code & 0xFF) - 1;
        return index >= 0 && index < ANSWERED.size() ? ANSWERED.get(index) : "";
    }
}
