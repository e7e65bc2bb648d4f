package dev.sluice.modules.proxy.balancer;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_lbmethod_heartbeat: the member that says it has most room. */
public final class LbmethodHeartbeatModule implements HttpdModule {
    /** The file that mod_heartmonitor, or somebody else, writes; below the folder of run-time files where it is relative. */
    public static final Setting<String> STORAGE = perServer("HeartbeatStorage", "hb.dat");

    @Override
    public String id() {
        return "lbmethod_heartbeat_module";
    }

    @Override
    public String file() {
        return "mod_lbmethod_heartbeat.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive("HeartbeatStorage", Places.MAIN_SERVER, sets(STORAGE, word())));
    }
}
