package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;
import java.util.Optional;

/** mod_vhost_alias: a document root for each host name, without a virtual host for it. */
public final class VhostAliasModule implements HttpdModule {
    private static final String SCRIPTS = "/cgi-bin/";

    /**
     * Where files lie.
     *
     * @param byAddress by the server's IP address instead of its name
     */
    record Mapping(HostPattern pattern, boolean byAddress) {}

    /** Empty where {@code none} is said. */
    static final Setting<Optional<Mapping>> DOCUMENTS = perServer("VirtualDocumentRoot", Optional.empty());

    static final Setting<Optional<Mapping>> SCRIPT_FOLDERS = perServer("VirtualScriptAlias", Optional.empty());

    @Override
    public String id() {
        return "vhost_alias_module";
    }

    @Override
    public String file() {
        return "mod_vhost_alias.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("VirtualScriptAlias", SERVERS, gives(SCRIPT_FOLDERS, false)),
                directive("VirtualDocumentRoot", SERVERS, gives(DOCUMENTS, false)),
                directive("VirtualScriptAliasIP", SERVERS, gives(SCRIPT_FOLDERS, true)),
                directive("VirtualDocumentRootIP", SERVERS, gives(DOCUMENTS, true)));
    }

    private static Directive.Does gives(Setting<Optional<Mapping>> setting, boolean byAddress) {
        return reads(Args.TAKE1, (line, scope) -> scope.give(setting, read(line, byAddress), line.span()), setting);
    }

    private static Optional<Mapping> read(Line line, boolean byAddress) throws BadArgument {
        String text = line.words().get(0).text();
        if (text.startsWith("/")) {
            return Optional.of(new Mapping(HostPattern.read(text), byAddress));
        }
        if (!text.equalsIgnoreCase("none")) {
            throw new BadArgument("format string must be an absolute path, or 'none'");
        }
        return Optional.empty();
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(
                Phase.TRANSLATE_NAME, Hooks.Turn.MIDDLE, VhostAliasModule::translate, "alias_module", "userdir_module");
    }

    /** mva_translate, mod_vhost_alias.c. */
    private static Outcome translate(Request request) {
        String path = request.path();
        if (!path.startsWith("/")) {
            return Outcome.DECLINED;
        }
        Optional<Mapping> scripts =
                path.startsWith(SCRIPTS) ? request.server().settings().get(SCRIPT_FOLDERS) : Optional.empty();
        Mapping mapping = scripts.isPresent()
                ? scripts.get()
                : request.server().settings().get(DOCUMENTS).orElse(null);
        if (mapping == null) {
            return Outcome.DECLINED;
        }
        String name = mapping.byAddress
                ? IpText.of(request.exchange().getDestinationAddress())
                : SelfReference.serverName(request);
        String root = mapping.pattern.of(name, SelfReference.port(request));
        String rest = scripts.isPresent() ? path.substring(SCRIPTS.length() - 1) : path;
        String file = root.endsWith("/") ? root + rest.substring(1) : root + rest;
        if (leadsUp(root)) {
            request.log(Level.ERROR, "vhost_alias", "the name of the host leads out of its folder: " + file);
            return Outcome.status(403);
        }
        request.filename(file);
        if (scripts.isPresent()) {
            request.handler("cgi-script");
            request.notes().set("alias-forced-type", "cgi-script");
        }
        return Outcome.OK;
    }

    /** A host's name is the client's word: dots alone must not be a component of a path. */
    private static boolean leadsUp(String folder) {
        return folder.contains("/../") || folder.endsWith("/..");
    }
}
