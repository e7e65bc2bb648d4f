package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_imagemap: links by places in an image, which the server would look up. Pages have them in HTML since 1997. */
public final class ImagemapModule implements HttpdModule {
    private static final String WHY = "image maps are not read: a file of the handler imap-file answers 500";

    @Override
    public String id() {
        return "imagemap_module";
    }

    @Override
    public String file() {
        return "mod_imagemap.c";
    }

    @Override
    public List<Directive> directives() {
        Places indexes = Places.anywhere(AllowOverride.INDEXES);
        return List.of(
                directive("ImapMenu", indexes, ignored(Args.TAKE1, WHY)),
                directive("ImapDefault", indexes, ignored(Args.TAKE1, WHY)),
                directive("ImapBase", indexes, ignored(Args.TAKE1, WHY)));
    }
}
