package dev.sluice.modules.core;

import dev.sluice.request.Request;

/** The line at the foot of the server's own pages, by ServerSignature (ap_psignature, core.c). */
public final class Signature {
    private Signature() {}

    /** HTML, {@code prefix} before it; empty where ServerSignature is off. */
    public static String of(Request request, String prefix) {
        CoreModule.Signature kind = request.settings().get(CoreModule.SERVER_SIGNATURE);
        if (kind == CoreModule.Signature.OFF) {
            return "";
        }
        String banner = Product.tokens(request.server().settings().get(CoreModule.SERVER_TOKENS));
        String name = escaped(SelfReference.serverName(request));
        String admin = escaped(request.server().settings().get(CoreModule.SERVER_ADMIN));
        String shown = kind == CoreModule.Signature.EMAIL ? "<a href=\"mailto:" + admin + "\">" + name + "</a>" : name;
        return prefix + "<address>" + banner + " Server at " + shown + " Port " + SelfReference.port(request)
                + "</address>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
