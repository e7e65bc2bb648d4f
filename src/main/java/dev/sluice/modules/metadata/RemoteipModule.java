package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.IpSubnet;
import dev.sluice.request.Hooks;
import dev.sluice.request.Phase;
import dev.sluice.syntax.Word;
import java.util.List;

/** mod_remoteip: the client's address as the proxies before this server tell it. */
public final class RemoteipModule implements HttpdModule {
    /** The header that proxies add to; empty where none is read. */
    static final Setting<String> HEADER = perServer("RemoteIPHeader", "");

    /** The header that says which proxies were believed; empty for none. */
    static final Setting<String> PROXIES_HEADER = perServer("RemoteIPProxiesHeader", "");

    static final Setting<List<TrustedProxy>> PROXIES = perServer(
                    "RemoteIPTrustedProxy", List.<TrustedProxy>of(), Merge.append())
            .inheriting(Merge.own());

    @Override
    public String id() {
        return "remoteip_module";
    }

    @Override
    public String file() {
        return "mod_remoteip.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("RemoteIPHeader", SERVERS, sets(HEADER, Reading.word())),
                directive("RemoteIPProxiesHeader", SERVERS, sets(PROXIES_HEADER, Reading.word())),
                directive("RemoteIPTrustedProxy", SERVERS, proxies(false)),
                directive("RemoteIPInternalProxy", SERVERS, proxies(true)),
                directive("RemoteIPTrustedProxyList", SERVERS, proxyList(false)),
                directive("RemoteIPInternalProxyList", SERVERS, proxyList(true)),
                directive(
                        "RemoteIPProxyProtocol",
                        SERVERS,
                        reads(Args.FLAG, RemoteipModule::proxyProtocol).partly("On is refused")),
                directive(
                        "RemoteIPProxyProtocolExceptions",
                        SERVERS,
                        reads(Args.TAKE_ARGV, RemoteipModule::exceptions)
                                .partly("there is nothing to except from, since RemoteIPProxyProtocol On is refused")));
    }

    private static Directive.Does proxies(boolean internal) {
        return reads(
                Args.ITERATE,
                (line, scope) -> {
                    for (Word word : line.words()) {
                        if (word.text().isEmpty()) {
                            break;
                        }
                        List<TrustedProxy> read = TrustedProxy.read(word.text(), internal, line.name());
                        scope.give(PROXIES, read, line.span());
                    }
                },
                PROXIES);
    }

    private static Directive.Does proxyList(boolean internal) {
        return reads(
                Args.TAKE1,
                (line, scope) -> scope.give(PROXIES, TrustedProxy.list(line, scope, internal), line.span()),
                PROXIES);
    }

    private static void proxyProtocol(Line line, Scope scope) throws BadArgument {
        if (line.words().get(0).text().equalsIgnoreCase("on")) {
            throw BadArgument.refusal("RemoteIPProxyProtocol is not supported: the PROXY protocol is not read");
        }
    }

    private static void exceptions(Line line, Scope scope) throws BadArgument {
        if (line.words().isEmpty()) {
            throw new BadArgument(line.name() + " requires an argument");
        }
        for (Word word : line.words()) {
            int slash = word.text().indexOf('/');
            String address = slash < 0 ? word.text() : word.text().substring(0, slash);
            try {
                if (IpSubnet.parse(address, slash < 0 ? null : word.text().substring(slash + 1)) != null) {
                    continue;
                }
            } catch (IpSubnet.Invalid e) {
                throw new BadArgument("ip address '" + word.text() + "' appears to be invalid", word.span());
            }
            throw new BadArgument("ip address '" + word.text() + "' appears to be invalid", word.span());
        }
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, Hooks.Turn.FIRST, ClientAddress::find);
    }
}
