package dev.sluice.modules.http2;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.List;

/** What H2PushResource announces with the answers of its section. */
record PushedResource(String url, boolean critical) {
    /** h2_conf_add_push_res: "add" is for the eye. */
    static void read(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        boolean add = words.size() > 1 && words.get(0).text().equalsIgnoreCase("add");
        int url = add ? 1 : 0;
        boolean critical = words.size() > url + 1;
        if (critical && !words.get(url + 1).text().equalsIgnoreCase("critical")) {
            throw new BadArgument("unknown last parameter", words.get(url + 1).span());
        }
        if (words.size() > url + 2) {
            throw new BadArgument("too many parameter", words.get(url + 2).span());
        }
        boolean server = scope.place().kind() == Place.Kind.SERVER;
        Setting<List<PushedResource>> setting = server ? Http2Module.PUSH_RESOURCES : Http2Module.PUSH_RESOURCES_HERE;
        scope.give(setting, List.of(new PushedResource(words.get(url).text(), critical)), line.span());
    }

    String link() {
        return "<" + url + ">; rel=preload" + (critical ? "; critical" : "");
    }
}
