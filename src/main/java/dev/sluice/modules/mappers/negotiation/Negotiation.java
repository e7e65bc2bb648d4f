package dev.sluice.modules.mappers.negotiation;

import dev.sluice.modules.core.EntityTag;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.HtmlText;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Level;
import dev.sluice.request.Lookup;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request's choice among variants (do_negotiation, mod_negotiation.c). Reads disks: for worker threads. */
final class Negotiation {
    private static final HttpString ALTERNATES = new HttpString("Alternates");
    private static final HttpString TCN = new HttpString("TCN");
    private static final HttpString VARIANT_VARY = new HttpString("Variant-Vary");

    private final Request request;
    private final List<Variant> variants;
    private final LanguageOrder order;
    private final boolean transparent;
    private ClientWishes wishes;

    /** {@code prefersScripts}: what is asked for looks like the work of a script. */
    Negotiation(Request request, List<Variant> variants, LanguageOrder order, boolean prefersScripts) {
        this.request = request;
        this.variants = variants;
        this.order = order;
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        this.transparent = get
                && request.pathInfo().isEmpty()
                && variants.stream().allMatch(v -> v.body == null && v.name.indexOf('/') < 0);
        this.wishes = ClientWishes.of(request.exchange(), transparent, prefersScripts);
    }

    /** @param status 0, or what the request ends with */
    record Result(@Nullable Variant best, int status) {}

    Result run() {
        VariantChoice choice = new VariantChoice(wishes, order, this::length);
        VariantChoice.Result chosen =
                choice.among(variants, request.environment().get("prefer-language"));
        if (!chosen.sure()) {
            headers(true, "list");
            request.errorNotes(list());
            if (transparent && wishes.isTransparent()) {
                return new Result(null, 300);
            }
            if (chosen.best() == null) {
                request.log(Level.ERROR, "negotiation", "AH00690: no acceptable variant: " + request.filename());
                return new Result(null, 406);
            }
        }
        int status = transparent && chosen.best() != null ? choose(chosen.best()) : 0;
        if (!transparent) {
            headers(false, "choice");
        }
        return new Result(chosen.best(), status);
    }

    /** Says which variant this is, where it can be asked for by itself; a variant must not be negotiated again. */
    private int choose(Variant best) {
        Request looked = best.looked;
        if (looked == null) {
            Lookup.Result found = request.lookUpFile(best.name);
            looked = found.request();
            if (found.status() != 200 && !looked.alwaysHeaders().contains(TCN)) {
                return found.status();
            }
            best.looked = looked;
        }
        HeaderMap inner = looked.alwaysHeaders();
        if (inner.contains(TCN) || "type-map".equals(looked.handler())) {
            return 506;
        }
        HeaderMap outer = request.alwaysHeaders();
        String vary = inner.getFirst(Headers.VARY);
        if (vary != null) {
            outer.put(VARIANT_VARY, vary);
            outer.put(Headers.VARY, vary);
            inner.remove(Headers.VARY);
        }
        outer.put(Headers.CONTENT_LOCATION, segment(best.name));
        headers(wishes.isTransparent(), "choice");
        return 0;
    }

    private static String segment(String name) {
        return UrlPath.escaped(name).replace(";", "%3b");
    }

    /** Vary, TCN and, where the client can use them or must, Alternates; error pages have them, too (set_neg_headers). */
    private void headers(boolean alternates, String result) {
        HeaderMap headers = request.alwaysHeaders();
        if (alternates && !variants.isEmpty()) {
            merge(
                    headers,
                    ALTERNATES,
                    String.join(", ", variants.stream().map(this::alternate).toList()));
        }
        StringBuilder vary = new StringBuilder(transparent ? ", negotiate" : "");
        vary.append(differ(v -> v.type) ? ", accept" : "")
                .append(differ(Variant::languageList) ? ", accept-language" : "")
                .append(differ(v -> v.charset) ? ", accept-charset" : "")
                .append(differ(v -> Objects.requireNonNullElse(v.encoding, "")) ? ", accept-encoding" : "");
        if (vary.length() > 0) {
            merge(headers, Headers.VARY, vary.substring(2));
        }
        if (transparent) {
            headers.put(TCN, result);
        }
    }

    private static void merge(HeaderMap headers, HttpString name, String value) {
        String before = headers.getFirst(name);
        headers.put(name, before == null ? value : before + ", " + value);
    }

    private boolean differ(Function<Variant, String> of) {
        return variants.stream().map(of).distinct().count() > 1;
    }

    private String alternate(Variant variant) {
        StringBuilder text = new StringBuilder("{\"")
                .append(segment(variant.name))
                .append("\" ")
                .append(variant.qualityText());
        property(text, " {type ", variant.type, "}");
        property(text, " {charset ", variant.charset, "}");
        property(text, " {language ", variant.languageList(), "}");
        property(text, " {encoding ", variant.encoding, "}");
        boolean handled = variant.looked != null && variant.looked.handler() != null;
        long length = handled ? -1 : length(variant);
        property(text, " {length ", length < 0 ? "" : Long.toString(length), "}");
        return text.append('}').toString();
    }

    private static void property(StringBuilder text, String before, @Nullable String value, String after) {
        if (value != null && !value.isEmpty()) {
            text.append(before).append(value).append(after);
        }
    }

    /** What the pages of 300 and 406 list (make_variant_list). */
    private String list() {
        StringBuilder html = new StringBuilder("Available variants:\n<ul>\n");
        for (Variant variant : variants) {
            html.append("<li><a href=\"")
                    .append(segment(variant.name))
                    .append("\">")
                    .append(HtmlText.escaped(variant.name))
                    .append("</a> ")
                    .append(variant.description);
            property(html, ", type ", variant.type, "");
            property(html, ", language ", variant.languageList(), "");
            property(html, ", charset ", variant.charset, "");
            property(html, ", encoding ", variant.encoding, "");
            html.append("</li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private long length(Variant variant) {
        if (variant.length < 0) {
            BasicFileAttributes known = variant.looked == null ? null : variant.looked.file();
            variant.length = known != null ? known.size() : size(variant.name);
        }
        return variant.length;
    }

    private long size(String name) {
        String own = String.valueOf(request.filename());
        Path path = FileNames.path(own.substring(0, own.lastIndexOf('/') + 1) + name);
        try {
            return path == null ? -1 : Files.size(path);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Ties the answer's tag to the file that lists the variants: another list, another tag (set_vlist_validator). */
    static void validate(Request request, @Nullable BasicFileAttributes list) {
        request.variantListTag(
                list == null ? null : EntityTag.of(request.settings(), list, System.currentTimeMillis()));
    }

    /** As {@link #validate}, for variants that no file lists. httpd has the time of the request here, which never matches. */
    static void validate(Request request, List<Variant> variants) {
        int names = variants.stream().map(v -> v.name).toList().hashCode();
        request.variantListTag('"' + Integer.toHexString(names) + '"');
    }

    /** {@code found} in the place of {@code request}, with its query. */
    static Outcome goOnWith(Request request, Request found) {
        if (found.query().isEmpty() && !request.query().isEmpty()) {
            found.query(request.query());
        }
        return Outcome.goOnWith(found);
    }
}
