package dev.sluice.modules.proxy.balancer;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_heartmonitor: its lines are read, but heartbeats are not listened for. */
public final class HeartmonitorModule implements HttpdModule {
    /** Empty: nothing is listened for. */
    static final Setting<String> LISTEN = perServer("HeartbeatListen", "");

    static final Setting<String> STORAGE = perServer("HeartbeatStorage", "hb.dat");
    static final Setting<Integer> MAX_SERVERS = perServer("HeartbeatMaxServers", 10);

    @Override
    public String id() {
        return "heartmonitor_module";
    }

    @Override
    public String file() {
        return "mod_heartmonitor.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "HeartbeatListen",
                        Places.MAIN_SERVER,
                        reads(Args.TAKE1, HeartmonitorModule::listen, LISTEN)
                                .partly(
                                        "nothing is listened for: lbmethod=heartbeat reads the file that others write")),
                directive("HeartbeatStorage", Places.MAIN_SERVER, sets(STORAGE, word())),
                directive(
                        "HeartbeatMaxServers",
                        Places.MAIN_SERVER,
                        sets(MAX_SERVERS, maxServers()).partly("heartbeats are not listened for")));
    }

    private static void listen(Line line, Scope scope) throws BadArgument {
        if (scope.given(LISTEN) != null) {
            throw new BadArgument("HeartbeatListen: May only be specified once.");
        }
        String address = line.words().get(0).text();
        int colon = address.lastIndexOf(':');
        if (colon == 0) {
            throw new BadArgument("HeartbeatListen: Unable to parse multicast address.");
        }
        if (colon < 0) {
            throw new BadArgument("HeartbeatListen: No port provided in multicast address");
        }
        scope.give(LISTEN, address, line.span());
    }

    private static Arg<Integer> maxServers() {
        return (word, line, scope) -> {
            int servers = Reading.atoi(word.text());
            if (servers != 0 && servers < 10) {
                throw new BadArgument(
                        "HeartbeatMaxServers: Should be 0 for file storage, or greater or equal than 10 for slotmem",
                        word.span());
            }
            return servers;
        };
    }
}
