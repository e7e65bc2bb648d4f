package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Filters;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** mod_ext_filter: bodies that go through a program. */
public final class ExtFilterModule implements HttpdModule {
    static final Setting<Options> OPTIONS =
            perDirectory("ExtFilterOptions", Options.NONE, (before, later) -> before.with(later));

    /**
     * What ExtFilterOptions says.
     *
     * @param logStderr 1 for yes, 0 for no, -1 where no line says it
     * @param removeOnFail likewise: whether a body goes on unfiltered where the program cannot be run
     */
    record Options(int logStderr, int removeOnFail) {
        static final Options NONE = new Options(-1, -1);

        Options with(Options later) {
            return new Options(
                    later.logStderr < 0 ? logStderr : later.logStderr,
                    later.removeOnFail < 0 ? removeOnFail : later.removeOnFail);
        }
    }

    private final FilterNames names;
    private final List<ExternalFilter> defined = new ArrayList<>();

    public ExtFilterModule(FilterNames names) {
        this.names = names;
    }

    @Override
    public String id() {
        return "ext_filter_module";
    }

    @Override
    public String file() {
        return "mod_ext_filter.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("ExtFilterOptions", Places.DIRECTORIES, reads(Args.ITERATE, ExtFilterModule::options, OPTIONS)),
                directive("ExtFilterDefine", Places.SERVERS, raw(this::define)));
    }

    private static void options(Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            Options option =
                    switch (word.text().toLowerCase(Locale.ROOT)) {
                        case "" -> Options.NONE;
                        case "logstderr" -> new Options(1, -1);
                        case "nologstderr" -> new Options(0, -1);
                        case "onfail=remove" -> new Options(-1, 1);
                        case "onfail=abort" -> new Options(-1, 0);
                        default ->
                            throw new BadArgument("Invalid ExtFilterOptions option: " + word.text(), word.span());
                    };
            scope.give(OPTIONS, option, line.span());
        }
    }

    /** For all servers, wherever the line stands. */
    private void define(Line line, Scope scope) throws BadArgument {
        ExternalFilter filter = ExternalFilter.read(line.args(), name -> names.type(name, scope) != null);
        names.define(filter.name(), filter.type());
        defined.add(filter);
    }

    @Override
    public void filters(Filters filters) {
        for (ExternalFilter each : defined) {
            if (each.ofInput()) {
                filters.addInput(each.name(), each.type(), each::begin);
            } else {
                filters.addOutput(each.name(), each.type(), each::begin);
            }
        }
    }
}
