package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.HttpDate;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** mod_expires: Expires and Cache-Control by media type. */
public final class ExpiresModule implements HttpdModule {
    static final Setting<Boolean> ACTIVE = perDirectory("ExpiresActive", false);

    /** By media type in lower case, {@code image/*} for all of a kind. */
    static final Setting<Map<String, Expiry>> BY_TYPE =
            perDirectory("ExpiresByType", Map.<String, Expiry>of(), Merge.overlay());

    static final Setting<Optional<Expiry>> OTHERS = perDirectory("ExpiresDefault", Optional.empty());

    /** What is said of the types of one place. */
    private static final View<Rules> RULES = View.of(Rules::new);

    private static final class Rules {
        private final boolean active;
        private final Map<String, Expiry> byType;
        private final Map<String, Expiry> byKind = new HashMap<>();
        private final @Nullable Expiry others;

        Rules(Settings settings) {
            active = settings.get(ACTIVE);
            byType = settings.get(BY_TYPE);
            others = settings.get(OTHERS).orElse(null);
            byType.forEach((type, expiry) -> {
                if (type.endsWith("/*")) {
                    byKind.put(type.substring(0, type.length() - 2), expiry);
                }
            });
        }

        @Nullable
        Expiry of(@Nullable String contentType) {
            if (contentType != null && !byType.isEmpty()) {
                int end = contentType.indexOf(';');
                String type = (end < 0 ? contentType : contentType.substring(0, end))
                        .strip()
                        .toLowerCase(Locale.ROOT);
                Expiry own = byType.get(type);
                int slash = own == null && !byKind.isEmpty() ? type.indexOf('/') : -1;
                Expiry found = slash < 0 ? own : byKind.get(type.substring(0, slash));
                if (found != null) {
                    return found;
                }
            }
            return others;
        }
    }

    @Override
    public String id() {
        return "expires_module";
    }

    @Override
    public String file() {
        return "mod_expires.c";
    }

    @Override
    public List<Directive> directives() {
        Places indexes = anywhere(AllowOverride.INDEXES);
        return List.of(
                directive("ExpiresActive", indexes, sets(ACTIVE, flag())),
                directive("ExpiresByType", indexes, reads(Args.TAKE2, ExpiresModule::byType, BY_TYPE)),
                directive("ExpiresDefault", indexes, reads(Args.TAKE1, ExpiresModule::others, OTHERS)));
    }

    private static void byType(Line line, Scope scope) throws BadArgument {
        String type = line.words().get(0).text();
        String code = line.words().get(1).text();
        if (type.indexOf('/') < 0) {
            throw new BadArgument("Invalid mimetype: should contain a slash");
        }
        Expiry expiry = read("ExpiresByType " + type, code);
        scope.give(BY_TYPE, Map.of(type.toLowerCase(Locale.ROOT), expiry), line.span());
    }

    private static void others(Line line, Scope scope) throws BadArgument {
        Expiry expiry = read("ExpiresDefault", line.words().get(0).text());
        scope.give(OTHERS, Optional.of(expiry), line.span());
    }

    private static Expiry read(String of, String code) throws BadArgument {
        try {
            return Expiry.read(code);
        } catch (BadArgument e) {
            throw new BadArgument("'" + of + " " + code + "': " + e.message());
        }
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.RESPONSE_HEAD, ExpiresModule::expire);
    }

    /** expires_filter of mod_expires.c: errors do not expire, and what says when it expires is left alone. */
    private static Outcome expire(Request request) {
        Rules rules = request.settings().view(RULES);
        if (!rules.active || request.status() >= 400) {
            return Outcome.DECLINED;
        }
        HeaderMap headers = request.exchange().getResponseHeaders();
        if (headers.contains(Headers.EXPIRES) || request.alwaysHeaders().contains(Headers.EXPIRES)) {
            return Outcome.DECLINED;
        }
        String sent = headers.getFirst(Headers.CONTENT_TYPE);
        Expiry expiry = rules.of(sent == null && !request.isProxied() ? request.contentType() : sent);
        if (expiry != null) {
            put(request, expiry, headers);
        }
        return Outcome.DECLINED;
    }

    private static void put(Request request, Expiry expiry, HeaderMap headers) {
        long now = System.currentTimeMillis() / 1000;
        long base = now;
        if (expiry.sinceModified()) {
            BasicFileAttributes file = request.file();
            if (file == null) {
                return;
            }
            base = file.lastModifiedTime().toMillis() / 1000;
        }
        long at = Math.max(now, base + expiry.seconds());
        String age = "max-age=" + (at - now);
        String given = headers.getFirst(Headers.CACHE_CONTROL);
        headers.put(Headers.CACHE_CONTROL, given == null ? age : given + ", " + age);
        headers.put(Headers.EXPIRES, HttpDate.format(at));
    }
}
