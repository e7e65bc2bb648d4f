package dev.sluice.modules.http2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads Link headers (RFC 8288) for what is to be pushed, as mod_http2 does (inspect_link, h2_push.c). */
final class Links {
    /** A target with rel=preload, and without nopush. */
    record Preload(String target, boolean critical) {}

    private final String text;
    private final List<Preload> found = new ArrayList<>(2);
    private int at;

    private Links(String text) {
        this.text = text;
    }

    static List<Preload> preloads(String header) {
        Links links = new Links(header);
        links.read();
        return links.found;
    }

    private void read() {
        while (at < text.length()) {
            int start = text.indexOf('<', at);
            int end = start < 0 ? -1 : text.indexOf('>', start);
            if (end < 0) {
                return;
            }
            at = end + 1;
            link(text.substring(start + 1, end));
        }
    }

    private void link(String target) {
        boolean preload = false;
        boolean push = true;
        boolean critical = false;
        skipBlanks();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            skipBlanks();
            String value = "";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skipBlanks();
                value = value();
                skipBlanks();
            }
            preload |= name.equals("rel") && List.of(value.split(" ")).contains("preload");
            push &= !name.equals("nopush");
            critical |= name.equals("critical");
        }
        if (preload && push) {
            found.add(new Preload(target, critical));
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private String token() {
        int start = at;
        while (at < text.length() && "=;, \t\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String value() {
        if (at >= text.length() || text.charAt(at) != '"') {
            return token();
        }
        int end = text.indexOf('"', at + 1);
        int stop = end < 0 ? text.length() : end;
        String value = text.substring(at + 1, stop);
        at = Math.min(text.length(), stop + 1);
        return value;
    }
}
