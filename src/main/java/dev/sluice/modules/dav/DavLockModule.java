package dev.sluice.modules.dav;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Places.DIRECTORIES;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_dav_lock: locks for providers of WebDAV that have none of their own. */
public final class DavLockModule implements HttpdModule {
    @Override
    public String id() {
        return "dav_lock_module";
    }

    @Override
    public String file() {
        return "mod_dav_lock.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive("DAVGenericLockDB", DIRECTORIES, ignored(Args.TAKE1, DavModule.NO_DAV)));
    }
}
