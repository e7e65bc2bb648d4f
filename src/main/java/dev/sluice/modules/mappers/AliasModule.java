package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.expression.Evaluation;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** mod_alias: URL paths to places on disk, and to other URLs. */
public final class AliasModule implements HttpdModule {
    /** The first that matches wins; those of a virtual host come before the main server's. */
    static final Setting<List<AliasRule>> ALIASES =
            perServer("Alias", List.<AliasRule>of(), Merge.<AliasRule>append()).inheriting(Merge.prepend());

    static final Setting<List<RedirectRule>> REDIRECTS = perServer(
                    "Redirect", List.<RedirectRule>of(), Merge.<RedirectRule>append())
            .inheriting(Merge.prepend());

    static final Setting<List<RedirectRule>> SECTION_REDIRECTS = perDirectory(
                    "Redirect", List.<RedirectRule>of(), Merge.<RedirectRule>append())
            .inheriting(Merge.prepend());

    static final Setting<Optional<RedirectRule.OfSection>> SECTION_REDIRECT =
            perDirectory("Redirect", Optional.empty());
    static final Setting<Optional<AliasRule.OfLocation>> LOCATION_ALIAS = perDirectory("Alias", Optional.empty());
    static final Setting<Boolean> PRESERVE_PATH = perDirectory("AliasPreservePath", false);
    static final Setting<Boolean> RELATIVE = perDirectory("RedirectRelative", false);

    private static final String SCRIPT = "cgi-script";

    private String serverRoot = "/";

    @Override
    public String id() {
        return "alias_module";
    }

    @Override
    public String file() {
        return "mod_alias.c";
    }

    @Override
    public List<Directive> directives() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive(
                        "Alias",
                        SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE12, (l, s) -> AliasLines.alias("Alias", false, l, s), ALIASES, LOCATION_ALIAS)),
                directive(
                        "ScriptAlias",
                        SERVERS_AND_DIRECTORIES,
                        reads(
                                Args.TAKE12,
                                (l, s) -> AliasLines.alias("ScriptAlias", true, l, s),
                                ALIASES,
                                LOCATION_ALIAS)),
                directive(
                        "Redirect",
                        fileInfo,
                        reads(Args.TAKE123, RedirectLines::redirect, REDIRECTS, SECTION_REDIRECTS, SECTION_REDIRECT)),
                directive(
                        "AliasMatch",
                        SERVERS,
                        reads(Args.TAKE2, (l, s) -> AliasLines.aliasMatch("AliasMatch", false, l, s), ALIASES)),
                directive(
                        "ScriptAliasMatch",
                        SERVERS,
                        reads(Args.TAKE2, (l, s) -> AliasLines.aliasMatch("ScriptAliasMatch", true, l, s), ALIASES)),
                directive(
                        "RedirectMatch",
                        fileInfo,
                        reads(Args.TAKE23, RedirectLines::redirectMatch, REDIRECTS, SECTION_REDIRECTS)),
                directive("RedirectTemp", fileInfo, withStatus(302)),
                directive("RedirectPermanent", fileInfo, withStatus(301)),
                directive("RedirectRelative", fileInfo, sets(RELATIVE, flag())),
                directive("AliasPreservePath", fileInfo, sets(PRESERVE_PATH, flag())));
    }

    private static Directive.Does withStatus(int status) {
        return reads(Args.TAKE2, (l, s) -> RedirectLines.withStatus(status, l, s), REDIRECTS, SECTION_REDIRECTS);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TRANSLATE_NAME, this::translate).at(Phase.FIXUPS, AliasModule::fixup);
    }

    @Override
    public void start(Start start) {
        byte[] root = start.configuration().serverRoot().toString().getBytes(StandardCharsets.UTF_8);
        serverRoot = new String(root, StandardCharsets.ISO_8859_1) + "/";
    }

    private Outcome translate(Request request) {
        if (!request.path().startsWith("/")) {
            return Outcome.DECLINED;
        }
        Outcome redirected = redirected(request, request.server().settings().get(REDIRECTS), "AH00674");
        return redirected.goesOn() ? aliased(request) : redirected;
    }

    /** Sections by directory or file are known only now. */
    private static Outcome fixup(Request request) {
        return redirected(request, request.settings().get(SECTION_REDIRECTS), "AH00676");
    }

    private static Outcome redirected(Request request, List<RedirectRule> rules, String badTarget) {
        RedirectRule.OfSection section =
                request.settings().get(SECTION_REDIRECT).orElse(null);
        if (section != null) {
            return redirected(request, section, badTarget);
        }
        for (int i = 0; i < rules.size(); i++) {
            RedirectRule rule = rules.get(i);
            String target = rule.map(request.path());
            if (target != null) {
                return answer(request, rule.status(), target, badTarget);
            }
        }
        return Outcome.DECLINED;
    }

    private static Outcome redirected(Request request, RedirectRule.OfSection section, String badTarget) {
        RequestExpression url = section.url();
        if (url == null) {
            return answer(request, section.status(), "", badTarget);
        }
        Evaluation<Request> evaluation = new Evaluation<>(request);
        String target = url.text(evaluation);
        if (evaluation.failure() != null) {
            request.log(Level.ERROR, "alias", "AH02826: Can't evaluate redirect expression: " + evaluation.failure());
            return Outcome.status(500);
        }
        return answer(request, section.status(), target, badTarget);
    }

    private static Outcome answer(Request request, int status, String target, String badTarget) {
        if (!RedirectRule.isRedirect(status)) {
            return Outcome.status(status < 100 || status > 599 ? 500 : status);
        }
        boolean path = target.startsWith("/");
        if (!path && !UrlPath.isUrl(target)) {
            request.log(
                    Level.ERROR,
                    "alias",
                    badTarget + ": cannot redirect '" + request.path() + "' to '" + target
                            + "'; target is not a valid absoluteURI or abs_path");
            return Outcome.status(500);
        }
        String url = path && !request.settings().get(RELATIVE) ? SelfReference.url(request, target) : target;
        String location = url.indexOf('?') < 0 ? url + request.queryWithMark() : url;
        request.exchange().getResponseHeaders().put(Headers.LOCATION, location);
        return Outcome.status(status);
    }

    private Outcome aliased(Request request) {
        AliasRule.OfLocation section = request.settings().get(LOCATION_ALIAS).orElse(null);
        if (section != null) {
            boolean preserve = request.settings().get(PRESERVE_PATH);
            return mapped(request, section.map(request, preserve), section.script());
        }
        List<AliasRule> rules = request.server().settings().get(ALIASES);
        for (int i = 0; i < rules.size(); i++) {
            AliasRule rule = rules.get(i);
            String file = rule.map(request);
            if (file != null) {
                if (rule.pattern() == null) {
                    // What follows the prefix stands at the end of both.
                    int rest = request.path().length() - AliasPath.matched(request.path(), rule.prefix());
                    request.context(
                            request.path().substring(0, request.path().length() - rest),
                            file.substring(0, file.length() - rest));
                }
                return mapped(request, file, rule.script());
            }
        }
        return Outcome.DECLINED;
    }

    private Outcome mapped(Request request, String file, boolean script) {
        request.filename(file.startsWith("/") ? file : serverRoot + file);
        if (script) {
            request.handler(SCRIPT);
            request.notes().set("alias-forced-type", SCRIPT);
        }
        return Outcome.OK;
    }
}
