package dev.sluice.modules.loggers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Directive;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.util.List;

/** mod_logio: how many bytes a request and its answer took. The letters themselves are {@link WireSizes}. */
public final class LogioModule implements HttpdModule {
    static final Setting<Boolean> TRACK_FIRST_BYTE = perDirectory("LogIOTrackTTFB", false);

    @Override
    public String id() {
        return "logio_module";
    }

    @Override
    public String file() {
        return "mod_logio.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive(
                "LogIOTrackTTFB",
                anywhere(
                        AllowOverride.LIMIT,
                        AllowOverride.OPTIONS,
                        AllowOverride.FILE_INFO,
                        AllowOverride.AUTH_CONFIG,
                        AllowOverride.INDEXES),
                sets(TRACK_FIRST_BYTE, flag())));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.RESPONSE_HEAD, Hooks.Turn.REALLY_LAST, LogioModule::noteFirstByte);
    }

    private static Outcome noteFirstByte(Request request) {
        if (request.settings().get(TRACK_FIRST_BYTE)) {
            request.exchange().putAttachment(WireSizes.FIRST_BYTE, System.nanoTime());
        }
        return Outcome.DECLINED;
    }
}
