package dev.sluice.modules.core;

import dev.sluice.request.Request;

/** The line at the foot of the pages that the server makes, by ServerSignature (ap_psignature). */
public final class ServerSignature {
    private ServerSignature() {}

    /** Ends with a line break; empty where there is none. */
    public static String of(Request request) {
        CoreModule.Signature kind = request.settings().get(CoreModule.SERVER_SIGNATURE);
        if (kind == CoreModule.Signature.OFF) {
            return "";
        }
        String banner = Product.tokens(request.server().settings().get(CoreModule.SERVER_TOKENS));
        String name = HtmlText.escaped(SelfReference.serverName(request));
        String admin = HtmlText.escaped(request.server().settings().get(CoreModule.SERVER_ADMIN));
        String shown = kind == CoreModule.Signature.EMAIL ? "<a href=\"mailto:" + admin + "\">" + name + "</a>" : name;
        return "<address>" + banner + " Server at " + shown + " Port " + SelfReference.port(request) + "</address>\n";
    }
}
