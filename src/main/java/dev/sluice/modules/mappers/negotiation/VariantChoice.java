package dev.sluice.modules.mappers.negotiation;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which variant a client likes best: httpd's own algorithm, or RVSA/1.0 where the client asks for it (best_match). */
final class VariantChoice {
    /** The type that stands for scripts, which have none. */
    static final String SCRIPT = "application/x-httpd-cgi";

    private final ClientWishes wishes;
    private final LanguageOrder order;
    private final ToLongFunction<Variant> length;
    private float bestQuality;

    VariantChoice(ClientWishes wishes, LanguageOrder order, ToLongFunction<Variant> length) {
        this.wishes = wishes;
        this.order = order;
        this.length = length;
    }

    /** @param sure false where the client must be asked */
    record Result(@Nullable Variant best, boolean sure) {}

    /** {@code preferred} is a language that stands before all that the client asks for; null for none. */
    Result among(List<Variant> variants, @Nullable String preferred) {
        float unsaid = wishes.isExact() || variants.stream().allMatch(v -> v.languages.isEmpty()) ? 1 : 0.0001f;
        Result result = pass(variants, preferred, unsaid);
        return preferred != null && (result.best == null || !result.sure) ? pass(variants, null, unsaid) : result;
    }

    private Result pass(List<Variant> variants, @Nullable String preferred, float unsaid) {
        Variant best = null;
        bestQuality = 0;
        for (Variant variant : variants) {
            if (preferred != null && variant.languages.stream().noneMatch(l -> l.equalsIgnoreCase(preferred))) {
                continue;
            }
            typeQuality(variant);
            languageQuality(variant, unsaid);
            encodingQuality(variant);
            charsetQuality(variant);
            if (wishes.mayChoose() && (wishes.isRvsa() ? betterByRvsa(variant, best) : better(variant, best))) {
                best = variant;
            }
        }
        boolean sure = bestQuality > 0 && (!wishes.isRvsa() || (best != null && best.definite));
        return new Result(best, sure);
    }

    private void typeQuality(Variant variant) {
        float quality = 0;
        boolean exact = true;
        for (Accepted accepted : wishes.types()) {
            int before = variant.exactness;
            if (!matches(accepted, variant) || before == variant.exactness) {
                continue;
            }
            boolean low = !wishes.isExact() && !wishes.hasTypeQualities();
            quality =
                    low && variant.exactness == 1 ? 0.01f : low && variant.exactness == 2 ? 0.02f : accepted.quality();
            exact = variant.exactness == 3;
        }
        variant.typeQuality = quality;
        variant.definite &= exact;
    }

    private static boolean matches(Accepted accepted, Variant variant) {
        String asked = accepted.name();
        int exactness = 0;
        if (asked.equals("*") || asked.equals("*/*")) {
            exactness = 1;
        } else if (asked.endsWith("/*") && variant.type.startsWith(asked.substring(0, asked.length() - 1))) {
            exactness = 2;
        } else if (asked.equals(variant.type) || (asked.equals("text/html") && variant.isHtml())) {
            if (accepted.level() >= variant.level) {
                variant.levelMatched = variant.level;
                exactness = 3;
            }
        }
        variant.exactness = exactness == 3 ? 3 : Math.max(variant.exactness, exactness);
        return exactness > 0;
    }

    private void languageQuality(Variant variant, float unsaid) {
        List<Accepted> asked = wishes.languages();
        if (variant.languages.isEmpty()) {
            variant.languageQuality = wishes.isExact() ? variant.languageQuality : unsaid;
            return;
        }
        if (asked == null) {
            variant.definite = false;
        } else {
            asked(variant, asked);
        }
        boolean prefers = order.prefers() && variant.priority < 0;
        if (!prefers && !(order.fallsBack() && variant.languageQuality == 0)) {
            return;
        }
        int place = order.place(variant.languages);
        if (place >= 0 && variant.languageQuality != 0 && order.prefers()) {
            variant.priority = place;
        } else if (place >= 0 && variant.languageQuality == 0 && order.fallsBack()) {
            variant.priority = place;
            variant.languageQuality = 0.0001f;
            variant.definite = false;
        }
    }

    private void asked(Variant variant, List<Accepted> asked) {
        Accepted best = null;
        Accepted star = null;
        boolean onStar = false;
        float prefix = 0;
        for (String language : variant.languages) {
            Accepted own = null;
            for (Accepted each : asked) {
                if (each.name().equals("*")) {
                    star = star == null ? each : star;
                    continue;
                }
                if (covers(each.name(), language)
                        && (own == null || each.name().length() > own.name().length())) {
                    own = each;
                }
                int dash = each.name().indexOf('-');
                if (own == null
                        && !wishes.isExact()
                        && dash >= 0
                        && language.startsWith(each.name().substring(0, dash))) {
                    prefix = 0.001f;
                }
            }
            best = best == null || (own != null && own.quality() > best.quality()) ? own : best;
            onStar |= own == null && star != null;
        }
        if (onStar && star != null && (best == null || star.quality() > best.quality())) {
            best = star;
            variant.definite = false;
        }
        variant.languageQuality = best != null ? best.quality() : prefix;
    }

    private static boolean covers(String range, String language) {
        return language.startsWith(range)
                && (language.length() == range.length() || language.charAt(range.length()) == '-');
    }

    private void encodingQuality(Variant variant) {
        String encoding = variant.encoding;
        boolean plain =
                encoding == null || List.of("", "7bit", "8bit", "binary").contains(encoding);
        List<Accepted> asked = wishes.encodings();
        if (asked == null) {
            variant.encodingQuality = plain ? 1 : 0.5f;
            return;
        }
        String name = plain || encoding == null ? "identity" : withoutX(encoding);
        Accepted star = null;
        for (Accepted each : asked) {
            if (withoutX(each.name()).equals(name)) {
                variant.encodingQuality = each.quality();
                return;
            }
            star = each.name().equals("*") ? each : star;
        }
        variant.encodingQuality = star != null ? star.quality() : plain ? 1 : 0;
    }

    static String withoutX(String encoding) {
        return encoding.startsWith("x-") ? encoding.substring(2) : encoding;
    }

    private void charsetQuality(Variant variant) {
        List<Accepted> asked = wishes.charsets();
        String charset = variant.charset;
        if (asked == null) {
            variant.definite &= charset.isEmpty();
            return;
        }
        if (charset.isEmpty()) {
            if (wishes.isExact() || !(variant.type.startsWith("text/") || variant.isHtml())) {
                return;
            }
            charset = "iso-8859-1";
        }
        Accepted star = null;
        for (Accepted each : asked) {
            if (each.name().equals(charset)) {
                variant.charsetQuality = each.quality();
                return;
            }
            star = each.name().equals("*") ? each : star;
        }
        if (star != null) {
            variant.charsetQuality = star.quality();
            variant.definite = false;
        } else {
            variant.charsetQuality = charset.equals("iso-8859-1") ? 1 : 0;
        }
    }

    /** is_variant_better_rvsa: encodings are not part of the protocol. */
    private boolean betterByRvsa(Variant variant, @Nullable Variant best) {
        float product = variant.typeQuality * variant.sourceQuality * variant.charsetQuality * variant.languageQuality;
        float quality = Float.parseFloat(String.format(Locale.ROOT, "%.5f", product));
        if (variant.encodingQuality == 0 || quality <= 0 || quality < bestQuality) {
            return false;
        }
        boolean better = quality > bestQuality || (best != null && variant.encodingQuality > best.encodingQuality);
        bestQuality = quality;
        return better;
    }

    /** is_variant_better: by type, language, LanguagePriority, level, charset, encoding, length, in this order. */
    private boolean better(Variant variant, @Nullable Variant best) {
        boolean unacceptable = variant.encodingQuality == 0
                || variant.languageQuality == 0
                || variant.sourceQuality == 0
                || variant.charsetQuality == 0
                || variant.typeQuality == 0;
        float quality = variant.typeQuality * variant.sourceQuality;
        if (unacceptable || quality < bestQuality) {
            return false;
        }
        int result = best == null || quality > bestQuality ? 1 : compare(variant, best);
        if (result > 0) {
            bestQuality = quality;
        }
        return result > 0;
    }

    private int compare(Variant variant, Variant best) {
        int result = Float.compare(variant.languageQuality, best.languageQuality);
        if (result == 0) {
            result = Integer.compareUnsigned(best.priority, variant.priority);
        }
        if (result == 0) {
            result = levels(variant, best);
        }
        if (result == 0) {
            result = Float.compare(variant.charsetQuality, best.charsetQuality);
        }
        if (result == 0 && !isLatin1(variant.charset) && isLatin1(best.charset)) {
            result = 1;
        }
        if (result == 0) {
            result = Float.compare(variant.encodingQuality, best.encodingQuality);
        }
        return result != 0 ? result : Long.compare(length.applyAsLong(best), length.applyAsLong(variant));
    }

    private static boolean isLatin1(String charset) {
        return charset.isEmpty() || charset.equals("iso-8859-1");
    }

    private static int levels(Variant one, Variant other) {
        boolean comparable = one.isHtml() ? other.isHtml() : one.type.equals(other.type);
        if (!comparable) {
            return 0;
        }
        int result = Float.compare(one.levelMatched, other.levelMatched);
        return result != 0 ? result : Float.compare(other.level, one.level);
    }
}
