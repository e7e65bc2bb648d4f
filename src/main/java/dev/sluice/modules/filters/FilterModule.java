package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.filters.SmartFilter.Protocol;
import dev.sluice.request.Filter;
import dev.sluice.request.FilterType;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** mod_filter: filters that are chosen by what the response is. */
public final class FilterModule implements HttpdModule {
    /** By name as written. A section's own filter of a name stands for an outer one's. */
    static final Setting<Map<String, SmartFilter>> DECLARED =
            perDirectory("FilterDeclare", Map.<String, SmartFilter>of(), Merge.overlay());

    static final Setting<List<ChainStep>> CHAIN = perDirectory("FilterChain", List.<ChainStep>of(), Merge.append());

    static final View<List<Filter.Kind>> IN_FORCE = View.of(settings -> {
        Map<String, SmartFilter> declared = settings.get(DECLARED);
        return ChainStep.names(settings.get(CHAIN)).stream()
                .map(declared::get)
                .filter(Objects::nonNull)
                .map(SmartFilter::kind)
                .toList();
    });

    private final FilterNames names;

    public FilterModule(FilterNames names) {
        this.names = names;
    }

    @Override
    public String id() {
        return "filter_module";
    }

    @Override
    public String file() {
        return "mod_filter.c";
    }

    @Override
    public List<Directive> directives() {
        Places options = Places.anywhere(AllowOverride.OPTIONS);
        return List.of(
                directive("FilterDeclare", options, reads(Args.TAKE12, FilterModule::declare, DECLARED)),
                directive("FilterProvider", options, reads(Args.TAKE3, this::provider, DECLARED)),
                directive("FilterChain", options, reads(Args.ITERATE, FilterModule::chain, CHAIN)),
                directive(
                        "FilterTrace",
                        Places.SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE2, FilterModule::trace).partly("what goes through is not written to the log")),
                directive(
                        "AddOutputFilterByType",
                        Places.anywhere(AllowOverride.FILE_INFO),
                        reads(Args.TAKE_ARGV, this::byType, DECLARED, CHAIN)),
                directive("FilterProtocol", options, reads(Args.TAKE23, FilterModule::protocol, DECLARED)));
    }

    private static void declare(Line line, Scope scope) {
        String name = line.words().get(0).text();
        String type = line.words().size() > 1 ? line.words().get(1).text() : "";
        int number =
                switch (type.toUpperCase(Locale.ROOT)) {
                    case "CONTENT_SET" -> FilterType.CONTENT_SET;
                    case "PROTOCOL" -> FilterType.PROTOCOL;
                    case "TRANSCODE" -> FilterType.TRANSCODE;
                    case "CONNECTION" -> FilterType.CONNECTION;
                    case "NETWORK" -> FilterType.NETWORK;
                    default -> FilterType.RESOURCE;
                };
        scope.give(DECLARED, Map.of(name, new SmartFilter(name, number, List.of())), line.span());
    }

    private static @Nullable SmartFilter declared(String name, Scope scope) {
        Map<String, SmartFilter> known = scope.given(DECLARED);
        return known == null ? null : known.get(name);
    }

    private void provider(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        int type = type(words.get(1), scope);
        RequestExpression condition;
        try {
            condition = RequestExpression.condition("filter", words.get(2).text(), scope);
        } catch (BadExpression e) {
            throw new BadArgument(
                    "Error parsing FilterProvider expression:" + e.message(),
                    words.get(2).span());
        }
        SmartFilter.Provider provider =
                new SmartFilter.Provider(words.get(1).text(), List.of(), condition, Protocol.NONE);
        add(words.get(0).text(), type, provider, line, scope);
    }

    private int type(Word provider, Scope scope) throws BadArgument {
        Integer type = names.type(provider.text(), scope);
        if (type == null) {
            throw new BadArgument("Unknown filter provider " + provider.text(), provider.span());
        }
        return type;
    }

    private static void add(String name, int type, SmartFilter.Provider provider, Line line, Scope scope) {
        SmartFilter known = declared(name, scope);
        SmartFilter filter = known == null ? new SmartFilter(name, type, List.of()) : known;
        scope.give(DECLARED, Map.of(name, filter.with(provider)), line.span());
    }

    private void byType(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        if (words.size() < 2) {
            throw new BadArgument("AddOutputFilterByType requires at least two arguments");
        }
        List<String> types =
                words.subList(1, words.size()).stream().map(Word::text).toList();
        for (String each : words.get(0).text().split(";")) {
            if (each.isEmpty()) {
                continue;
            }
            int type = type(new Word(each, words.get(0).span()), scope);
            String name = "BYTYPE:" + each;
            boolean first = declared(name, scope) == null;
            add(name, type, new SmartFilter.Provider(each, types, null, Protocol.NONE), line, scope);
            if (first) {
                scope.give(CHAIN, List.of(ChainStep.read(name)), line.span());
            }
        }
    }

    private static void chain(Line line, Scope scope) {
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            scope.give(CHAIN, List.of(ChainStep.read(word.text())), line.span());
        }
    }

    private static void trace(Line line, Scope scope) throws BadArgument {
        String name = line.words().get(0).text();
        if (declared(name, scope) == null) {
            throw new BadArgument(
                    "Undeclared smart filter " + name, line.words().get(0).span());
        }
    }

    private static void protocol(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        String name = words.get(0).text();
        SmartFilter filter = declared(name, scope);
        if (filter == null) {
            throw new BadArgument("FilterProtocol: No such filter", words.get(0).span());
        }
        Protocol protocol = Protocol.read(words.get(words.size() - 1).text());
        if (words.size() == 3) {
            // What two words say, of the filter and no provider of it, has no effect in httpd.
            List<SmartFilter.Provider> providers = changed(filter, words.get(1), protocol);
            scope.give(DECLARED, Map.of(name, new SmartFilter(name, filter.type(), providers)), line.span());
        }
    }

    private static List<SmartFilter.Provider> changed(SmartFilter filter, Word wanted, Protocol protocol)
            throws BadArgument {
        List<SmartFilter.Provider> all = new ArrayList<>(filter.providers());
        for (int i = 0; i < all.size(); i++) {
            SmartFilter.Provider each = all.get(i);
            if (each.name().equalsIgnoreCase(wanted.text())) {
                all.set(i, new SmartFilter.Provider(each.name(), each.types(), each.expression(), protocol));
                return List.copyOf(all);
            }
        }
        throw new BadArgument("FilterProtocol: No such provider for this filter", wanted.span());
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.INSERT_FILTER, FilterModule::insert);
    }

    private static Outcome insert(Request request) {
        List<Filter.Kind> kinds = request.settings().view(IN_FORCE);
        for (int i = 0; i < kinds.size(); i++) {
            request.addOutputFilter(kinds.get(i));
        }
        return Outcome.OK;
    }

    /** What a word of FilterChain does to the chain (filter_chain, mod_filter.c). */
    record ChainStep(char action, String name) {
        static ChainStep read(String word) {
            char first = word.charAt(0);
            return "+-=@!".indexOf(first) < 0 ? new ChainStep('+', word) : new ChainStep(first, word.substring(1));
        }

        static List<String> names(List<ChainStep> steps) {
            List<String> chain = new ArrayList<>();
            for (ChainStep step : steps) {
                switch (step.action) {
                    case '+' -> chain.add(step.name);
                    case '@' -> chain.add(0, step.name);
                    case '-' -> chain.remove(step.name);
                    case '=' -> {
                        chain.clear();
                        chain.add(step.name);
                    }
                    default -> chain.clear();
                }
            }
            return chain;
        }
    }
}
