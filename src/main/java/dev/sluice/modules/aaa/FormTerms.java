package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
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
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnProviders.Named;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Optional;

/** The settings of mod_auth_form, and the lines that give them. */
final class FormTerms {
    static final Setting<List<Named>> PROVIDERS =
            perDirectory("AuthFormProvider", List.<Named>of(), Merge.append()).inheriting(Merge.own());

    static final Setting<String> USERNAME = perDirectory("AuthFormUsername", "httpd_username");
    static final Setting<String> PASSWORD = perDirectory("AuthFormPassword", "httpd_password");
    static final Setting<String> LOCATION = perDirectory("AuthFormLocation", "httpd_location");
    static final Setting<String> METHOD = perDirectory("AuthFormMethod", "httpd_method");
    static final Setting<String> MIMETYPE = perDirectory("AuthFormMimetype", "httpd_mimetype");
    static final Setting<String> BODY = perDirectory("AuthFormBody", "httpd_body");
    static final Setting<Long> SIZE = perDirectory("AuthFormSize", 8192L);
    static final Setting<Optional<RequestText>> LOGIN_REQUIRED =
            perDirectory("AuthFormLoginRequiredLocation", Optional.empty());
    static final Setting<Optional<RequestText>> LOGIN_SUCCESS =
            perDirectory("AuthFormLoginSuccessLocation", Optional.empty());
    static final Setting<Optional<RequestText>> LOGOUT = perDirectory("AuthFormLogoutLocation", Optional.empty());

    /** Empty where none is given. */
    static final Setting<String> SITE_PASSPHRASE = perDirectory("AuthFormSitePassphrase", "");

    static final Setting<Boolean> AUTHORITATIVE = perDirectory("AuthFormAuthoritative", true);
    static final Setting<Boolean> FAKE_BASIC = perDirectory("AuthFormFakeBasicAuth", false);
    static final Setting<Boolean> NO_NO_STORE = perDirectory("AuthFormDisableNoStore", false);

    private FormTerms() {}

    static List<Directive> rows(AuthnProviders providers) {
        Places places = Places.anywhere(AllowOverride.AUTH_CONFIG);
        String noReplay = "the request that a login interrupted is not sent again with its body";
        return List.of(
                directive(
                        "AuthFormProvider",
                        places,
                        reads(Args.ITERATE, (line, scope) -> provider(providers, line, scope), PROVIDERS)),
                directive("AuthFormUsername", places, sets(USERNAME, word())),
                directive("AuthFormPassword", places, sets(PASSWORD, word())),
                directive("AuthFormLocation", places, sets(LOCATION, word())),
                directive("AuthFormMethod", places, sets(METHOD, word()).partly(noReplay)),
                directive("AuthFormMimetype", places, sets(MIMETYPE, word()).partly(noReplay)),
                directive("AuthFormBody", places, sets(BODY, word()).partly(noReplay)),
                directive("AuthFormSize", Places.DIRECTORIES, reads(Args.TAKE1, FormTerms::size, SIZE)),
                directive(
                        "AuthFormLoginRequiredLocation",
                        places,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> location(LOGIN_REQUIRED, "login required", line, scope),
                                LOGIN_REQUIRED)),
                directive(
                        "AuthFormLoginSuccessLocation",
                        places,
                        reads(
                                Args.TAKE1,
                                (line, scope) -> location(LOGIN_SUCCESS, "login success", line, scope),
                                LOGIN_SUCCESS)),
                directive(
                        "AuthFormLogoutLocation",
                        places,
                        reads(Args.TAKE1, (line, scope) -> location(LOGOUT, "logout required", line, scope), LOGOUT)),
                directive("AuthFormSitePassphrase", places, sets(SITE_PASSPHRASE, word())),
                directive("AuthFormAuthoritative", places, sets(AUTHORITATIVE, flag())),
                directive("AuthFormFakeBasicAuth", places, sets(FAKE_BASIC, flag())),
                directive("AuthFormDisableNoStore", places, sets(NO_NO_STORE, flag())));
    }

    private static void provider(AuthnProviders providers, Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            scope.give(PROVIDERS, List.of(providers.find(word.text(), scope)), line.span());
        }
    }

    /** As strtol reads it: digits first, nothing for 0. */
    private static void size(Line line, Scope scope) throws BadArgument {
        String digits = line.words().get(0).text().replaceFirst("^\\s*\\+?(-?\\d*).*", "$1");
        long size;
        try {
            size = digits.isEmpty() || digits.equals("-") ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            size = -1;
        }
        if (size < 0) {
            throw new BadArgument("AuthCookieFormSize must be a size in bytes, or zero.");
        }
        scope.give(SIZE, size, line.span());
    }

    private static void location(Setting<Optional<RequestText>> setting, String what, Line line, Scope scope)
            throws BadArgument {
        String text = line.words().get(0).text();
        String complaint = "Could not parse " + what + " expression '" + text + "'";
        scope.give(setting, Optional.of(RequestText.read(text, scope, complaint)), line.span());
    }
}
