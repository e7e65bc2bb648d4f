package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.StandardMethods;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** mod_allowmethods: which methods may be used at all. */
public final class AllowmethodsModule implements HttpdModule {
    private static final Scope.Methods ALL = new Scope.Methods(Set.of(), true);

    private static final Setting<Scope.Methods> METHODS = Setting.perDirectory("AllowMethods", ALL);

    @Override
    public String id() {
        return "allowmethods_module";
    }

    @Override
    public String file() {
        return "mod_allowmethods.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive(
                "AllowMethods", Places.DIRECTORIES, reads(Args.TAKE_ARGV, AllowmethodsModule::read, METHODS)));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.ACCESS_CHECKER, Hooks.Turn.REALLY_FIRST, AllowmethodsModule::check);
    }

    /** am_allowmethods of mod_allowmethods.c: lines of one section add up. */
    private static void read(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        if (words.stream().allMatch(word -> word.text().isEmpty())) {
            throw new BadArgument("AllowMethods: No method or 'reset' keyword given");
        }
        if (words.size() == 1 && words.get(0).text().equalsIgnoreCase("reset")) {
            scope.give(METHODS, ALL, line.span());
            return;
        }
        Scope.Methods before = scope.given(METHODS);
        Set<String> names = new HashSet<>(before == null || before.except() ? Set.of() : before.names());
        for (Word word : words) {
            if (!StandardMethods.isKnown(word.text())) {
                throw new BadArgument("AllowMethods: Invalid Method '" + word.text() + "'", word.span());
            }
            names.add(word.text().equals("HEAD") ? "GET" : word.text());
        }
        scope.give(METHODS, new Scope.Methods(Set.copyOf(names), false), line.span());
    }

    private static Outcome check(Request request) {
        Scope.Methods methods = request.settings().get(METHODS);
        if (methods.include(request.method())) {
            return Outcome.DECLINED;
        }
        String filename = request.filename();
        request.log(
                Level.ERROR,
                "allowmethods",
                "AH01623: client method denied by server configuration: '" + request.method() + "' to "
                        + (filename == null ? "uri " + request.path() : filename));
        StandardMethods.allowNone(request);
        return Outcome.status(405);
    }
}
