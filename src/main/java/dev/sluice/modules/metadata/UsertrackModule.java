package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** mod_usertrack: a cookie by which logs tell visitors apart. */
public final class UsertrackModule implements HttpdModule {
    /**
     * What the lines of one section say, by the name of the directive: httpd does not merge what sections say, the innermost
     * that says anything stands alone.
     */
    static final Setting<Map<String, Object>> SAID = perDirectory(
                    "CookieTracking", Map.<String, Object>of(), Merge.overlay())
            .inheriting(Merge.own());

    private static final View<TrackingCookie> COOKIE = View.of(settings -> new TrackingCookie(settings.get(SAID)));

    private static final Expiry.ErrorWords COMPLAINTS = new Expiry.ErrorWords(
            "bad expires code, numeric value expected.",
            "bad expires code, missing <type>",
            "bad expires code, unrecognized type",
            false);

    @Override
    public String id() {
        return "usertrack_module";
    }

    @Override
    public String file() {
        return "mod_usertrack.c";
    }

    @Override
    public List<Directive> directives() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        String httpdGivesToTheServer = "in a section it counts for that section alone, in httpd for the whole server";
        return List.of(
                directive("CookieExpires", fileInfo, says(Args.TAKE1, expires()).partly(httpdGivesToTheServer)),
                directive("CookieDomain", fileInfo, says(Args.TAKE1, domain())),
                directive("CookieStyle", fileInfo, says(Args.TAKE1, style())),
                directive("CookieTracking", fileInfo, says(Args.FLAG, flag())),
                directive("CookieName", fileInfo, says(Args.TAKE1, Reading.word())),
                directive("CookieSameSite", fileInfo, says(Args.TAKE1, sameSite())),
                directive("CookieSecure", fileInfo, says(Args.FLAG, flag())),
                directive("CookieHttpOnly", fileInfo, says(Args.FLAG, flag())));
    }

    private static <T> Directive.Does says(Args args, Arg<T> arg) {
        return reads(
                args,
                (line, scope) -> {
                    T value = arg.read(line.words().get(0), line, scope);
                    scope.give(SAID, Map.of(line.name().toLowerCase(Locale.ROOT), value), line.span());
                },
                SAID);
    }

    private static Arg<Integer> expires() {
        return (word, line, scope) -> {
            String text = word.text();
            boolean number = Character.isDigit(text.charAt(0)) && Character.isDigit(text.charAt(text.length() - 1));
            return number ? Reading.atoi(text) : Expiry.duration(new Quoting(text), COMPLAINTS);
        };
    }

    private static Arg<String> domain() {
        return (word, line, scope) -> {
            if (!word.text().startsWith(".")) {
                throw new BadArgument("CookieDomain values must begin with a dot", word.span());
            }
            if (word.text().indexOf('.', 1) < 0) {
                throw new BadArgument("CookieDomain values must contain at least one embedded dot", word.span());
            }
            return word.text();
        };
    }

    private static Arg<TrackingCookie.Style> style() {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "netscape" -> TrackingCookie.Style.NETSCAPE;
            case "cookie", "rfc2109" -> TrackingCookie.Style.COOKIE;
            case "cookie2", "rfc2965" -> TrackingCookie.Style.COOKIE2;
            default -> throw new BadArgument("Invalid CookieStyle keyword: '" + word.text() + "'", word.span());
        };
    }

    private static Arg<String> sameSite() {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "strict" -> "SameSite=Strict";
            case "lax" -> "SameSite=Lax";
            case "none" -> "SameSite=None";
            default -> throw new BadArgument("CookieSameSite accepts 'Strict', 'Lax', or 'None'", word.span());
        };
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Hooks.Turn.REALLY_FIRST, UsertrackModule::spot);
    }

    /** Notes the cookie that came, or gives one (spot_cookie, mod_usertrack.c). */
    private static Outcome spot(Request request) {
        TrackingCookie cookie = request.settings().view(COOKIE);
        if (!cookie.isGiven() || request.isSubRequest()) {
            return Outcome.DECLINED;
        }
        String found = cookie.in(request.exchange().getRequestHeaders());
        if (found == null) {
            found = TrackingCookie.newValue();
            request.alwaysHeaders().add(cookie.header(), cookie.text(found));
        }
        request.notes().set("cookie", found);
        return Outcome.DECLINED;
    }
}
