package dev.sluice.modules.dav;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Places.SERVERS;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_dav_fs: the provider {@code filesystem} of WebDAV. */
public final class DavFsModule implements HttpdModule {
    @Override
    public String id() {
        return "dav_fs_module";
    }

    @Override
    public String file() {
        return "mod_dav_fs.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive("DAVLockDB", SERVERS, ignored(Args.TAKE1, DavModule.NO_DAV)));
    }
}
