package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Setting;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.mappers.rewrite.MapPrograms;
import dev.sluice.modules.mappers.rewrite.RewriteLines;
import dev.sluice.modules.mappers.rewrite.Rewrites;
import dev.sluice.modules.mappers.rewrite.SectionRewriting;
import dev.sluice.modules.mappers.rewrite.ServerRewriting;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;

/** mod_rewrite: rules that make other URLs, files, redirects and backends of the URLs that are asked for. */
public final class RewriteModule implements HttpdModule {
    static final Setting<Rewrites> SERVER =
            perServer("RewriteRule", Rewrites.NONE, Rewrites::joined).inheriting(Rewrites::inherited);
    static final Setting<Rewrites> SECTION =
            perDirectory("RewriteRule", Rewrites.NONE, Rewrites::joined).inheriting(Rewrites::inherited);

    private ServerRewriting ofServers = new ServerRewriting(false);
    private SectionRewriting ofSections = new SectionRewriting(false);
    private Rewrites ofMain = Rewrites.NONE;

    @Override
    public String id() {
        return "rewrite_module";
    }

    @Override
    public String file() {
        return "mod_rewrite.c";
    }

    @Override
    public List<Directive> directives() {
        RewriteLines lines = new RewriteLines(new RewriteLines.Holders(SERVER, SECTION));
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("RewriteEngine", fileInfo, reads(Args.FLAG, lines::engine, SERVER, SECTION)),
                directive("RewriteOptions", fileInfo, reads(Args.ITERATE, lines::options, SERVER, SECTION)),
                directive("RewriteBase", fileInfo, reads(Args.TAKE1, lines::base, SECTION)),
                directive("RewriteCond", fileInfo, raw(lines::condition, SERVER, SECTION)),
                directive("RewriteRule", fileInfo, raw(lines::rule, SERVER, SECTION)),
                directive(
                        "RewriteMap",
                        SERVERS,
                        reads(Args.TAKE23, lines::map, SERVER)
                                .partly("maps of types dbm, dbd and fastdbd are refused,"
                                        + " and programs that are to run as another user")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TRANSLATE_NAME, Hooks.Turn.FIRST, this::translate)
                .at(Phase.FIXUPS, Hooks.Turn.FIRST, this::fixup, "proxy_module")
                .at(Phase.FIXUPS, Hooks.Turn.LAST, SectionRewriting::force)
                .at(Phase.HANDLER, SectionRewriting::redirected);
    }

    @Override
    public void start(Start start) throws CannotStart {
        boolean canProxy = start.configuration().modules().contains("proxy_module");
        ofServers = new ServerRewriting(canProxy);
        ofSections = new SectionRewriting(canProxy);
        ofMain = start.configuration().main().settings().get(SERVER);
        MapPrograms programs = new MapPrograms();
        start.onStop(programs::stop);
        programs.start(start.configuration().servers().map(s -> s.settings().get(SERVER)));
    }

    /** A virtual host without a line of its own has no rules, not even inherited ones. */
    private Outcome translate(Request request) {
        Rewrites section = request.settings().get(SECTION);
        if (!section.isOn()) {
            return Outcome.DECLINED;
        }
        Rewrites rules = request.server().settings().get(SERVER);
        if (rules.isSame(ofMain) && !request.server().isMain()) {
            return Outcome.DECLINED;
        }
        return ofServers.translate(request, rules, section);
    }

    private Outcome fixup(Request request) {
        Rewrites rules = request.settings().get(SECTION);
        return rules.directory() == null
                ? Outcome.DECLINED
                : ofSections.fixup(request, rules, request.server().settings().get(SERVER));
    }
}
