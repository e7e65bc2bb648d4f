package dev.sluice.modules.proxy;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.directive.Reading.oneOf;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_proxy_fcgi: applications that speak FastCGI. {@link ProxyModule} asks whether it is loaded. */
public final class ProxyFcgiModule implements HttpdModule {
    /** ProxyFCGIBackendType; to all but GENERIC the script's file is told with {@code proxy:fcgi://host} before it. */
    enum BackendType {
        GENERIC,
        FPM
    }

    static final Setting<BackendType> BACKEND_TYPE = perDirectory("ProxyFCGIBackendType", BackendType.FPM);
    static final Setting<List<FcgiVariable>> SET_ENV =
            perDirectory("ProxyFCGISetEnvIf", List.<FcgiVariable>of(), Merge.append());

    @Override
    public String id() {
        return "proxy_fcgi_module";
    }

    @Override
    public String file() {
        return "mod_proxy_fcgi.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "ProxyFCGIBackendType",
                        anywhere(AllowOverride.FILE_INFO),
                        sets(
                                BACKEND_TYPE,
                                oneOf(
                                        BackendType.class,
                                        w -> "ProxyFCGIBackendType requires one of the following arguments:"
                                                + " 'GENERIC', 'FPM'"))),
                directive(
                        "ProxyFCGISetEnvIf",
                        anywhere(AllowOverride.FILE_INFO),
                        reads(Args.TAKE23, FcgiVariable::read, SET_ENV)));
    }
}
