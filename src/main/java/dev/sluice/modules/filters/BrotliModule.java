package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import dev.sluice.request.Level;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** mod_brotli: bodies of responses in Brotli, by the library that httpd's module calls, too. */
public final class BrotliModule implements HttpdModule {
    /** What lines change of the terms. A virtual host that has such a line takes nothing from the main server. */
    static final Setting<List<UnaryOperator<Terms>>> CHANGES = perServer(
                    "BrotliCompressionQuality", List.<UnaryOperator<Terms>>of(), Merge.append())
            .inheriting(Merge.own());

    static final View<Terms> TERMS = View.of(settings -> {
        Terms terms = new Terms(5, 18, 0, Map.of(), EncodedTag.Way.ADD_SUFFIX);
        for (UnaryOperator<Terms> change : settings.get(CHANGES)) {
            terms = change.apply(terms);
        }
        return terms;
    });

    /**
     * How a server compresses.
     *
     * @param window a power of two
     * @param block a power of two; 0 for the library's own choice
     */
    record Terms(int quality, int window, int block, Map<SizeNotes.What, String> notes, EncodedTag.Way etag) {
        Terms withQuality(int changed) {
            return new Terms(changed, window, block, notes, etag);
        }

        Terms withWindow(int changed) {
            return new Terms(quality, changed, block, notes, etag);
        }

        Terms withBlock(int changed) {
            return new Terms(quality, window, changed, notes, etag);
        }

        Terms withNotes(Map<SizeNotes.What, String> more) {
            return new Terms(quality, window, block, SizeNotes.both(notes, more), etag);
        }

        Terms withEtag(EncodedTag.Way changed) {
            return new Terms(quality, window, block, notes, changed);
        }
    }

    @Override
    public String id() {
        return "brotli_module";
    }

    @Override
    public String file() {
        return "mod_brotli.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "BrotliFilterNote",
                        Places.SERVERS,
                        reads(
                                Args.TAKE12,
                                SizeNotes.reading(
                                        CHANGES,
                                        more -> t -> t.withNotes(more),
                                        w -> "Unknown BrotliFilterNote type '" + w + "'"),
                                CHANGES)),
                row("BrotliCompressionQuality", 0, 11, Terms::withQuality),
                row("BrotliCompressionWindow", 10, 24, Terms::withWindow),
                row("BrotliCompressionMaxInputBlock", 16, 24, Terms::withBlock),
                directive(
                        "BrotliAlterETag",
                        Places.SERVERS,
                        DeflateModule.changes(
                                CHANGES,
                                EncodedTag.way("BrotliAlterETag accepts only 'AddSuffix', 'NoChange' and 'Remove'"),
                                Terms::withEtag)));
    }

    private static Directive row(String name, int least, int most, BiFunction<Terms, Integer, Terms> change) {
        String complaint = name + " must be between " + least + " and " + most;
        return directive(
                name,
                Places.SERVERS,
                DeflateModule.changes(CHANGES, DeflateModule.between(least, most, complaint), change));
    }

    @Override
    public void start(Start start) {
        if (!SystemBrotli.isPresent()) {
            start.errorLog(start.configuration().main())
                    .log(
                            Level.WARN,
                            "brotli",
                            "there is no libbrotlienc.so.1 here: responses are not compressed with Brotli");
        }
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("BROTLI_COMPRESS", FilterType.CONTENT_SET, BrotliFilter::begin);
    }
}
