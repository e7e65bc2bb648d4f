package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** mod_deflate: bodies of responses in gzip, and gzip taken off of bodies. */
public final class DeflateModule implements HttpdModule {
    private static final int MAX = Integer.MAX_VALUE;

    /** What lines change of the terms. A virtual host that has such a line takes nothing from the main server. */
    static final Setting<List<UnaryOperator<Terms>>> CHANGES = perServer(
                    "DeflateCompressionLevel", List.<UnaryOperator<Terms>>of(), Merge.append())
            .inheriting(Merge.own());

    /** Bytes; -1 where LimitRequestBody counts. */
    static final Setting<Long> INFLATE_LIMIT = perDirectory("DeflateInflateLimitRequestBody", -1L);

    static final Setting<Integer> RATIO_LIMIT = perDirectory("DeflateInflateRatioLimit", 200);
    static final Setting<Integer> RATIO_BURST = perDirectory("DeflateInflateRatioBurst", 3);

    static final View<Terms> TERMS = View.of(settings -> {
        Terms terms = new Terms(-1, 9, 15, 8096, Map.of(), EncodedTag.Way.ADD_SUFFIX);
        for (UnaryOperator<Terms> change : settings.get(CHANGES)) {
            terms = change.apply(terms);
        }
        return terms;
    });

    /**
     * How a server compresses.
     *
     * @param level 1 to 9; -1 for zlib's own choice
     * @param window a power of two
     * @param bufferSize bytes: what is compressed goes on in pieces of this size
     */
    record Terms(
            int level,
            int memLevel,
            int window,
            int bufferSize,
            Map<SizeNotes.What, String> notes,
            EncodedTag.Way etag) {
        Terms withLevel(int changed) {
            return new Terms(changed, memLevel, window, bufferSize, notes, etag);
        }

        Terms withMemLevel(int changed) {
            return new Terms(level, changed, window, bufferSize, notes, etag);
        }

        Terms withWindow(int changed) {
            return new Terms(level, memLevel, changed, bufferSize, notes, etag);
        }

        Terms withBufferSize(int changed) {
            return new Terms(level, memLevel, window, changed, notes, etag);
        }

        Terms withNotes(Map<SizeNotes.What, String> more) {
            return new Terms(level, memLevel, window, bufferSize, SizeNotes.both(notes, more), etag);
        }

        Terms withEtag(EncodedTag.Way changed) {
            return new Terms(level, memLevel, window, bufferSize, notes, changed);
        }
    }

    @Override
    public String id() {
        return "deflate_module";
    }

    @Override
    public String file() {
        return "mod_deflate.c";
    }

    @Override
    public List<Directive> directives() {
        Places all = Places.anywhere(
                AllowOverride.LIMIT,
                AllowOverride.OPTIONS,
                AllowOverride.FILE_INFO,
                AllowOverride.AUTH_CONFIG,
                AllowOverride.INDEXES);
        return List.of(
                directive(
                        "DeflateFilterNote",
                        Places.SERVERS,
                        reads(
                                Args.TAKE12,
                                SizeNotes.reading(
                                        CHANGES, more -> t -> t.withNotes(more), w -> "Unknown note type " + w),
                                CHANGES)),
                row("DeflateWindowSize", 1, 15, "DeflateWindowSize must be between 1 and 15", Terms::withWindow),
                row("DeflateBufferSize", 1, MAX, "DeflateBufferSize should be positive", Terms::withBufferSize),
                row("DeflateMemLevel", 1, 9, "DeflateMemLevel must be between 1 and 9", Terms::withMemLevel),
                row("DeflateCompressionLevel", 1, 9, "Compression Level must be between 1 and 9", Terms::withLevel),
                directive(
                        "DeflateAlterEtag",
                        Places.SERVERS,
                        changes(
                                CHANGES,
                                EncodedTag.way("DeflateAlterETAG accepts only 'NoChange', 'AddSuffix', and 'Remove'"),
                                Terms::withEtag)),
                directive("DeflateInflateLimitRequestBody", all, sets(INFLATE_LIMIT, limit())),
                directive(
                        "DeflateInflateRatioLimit",
                        all,
                        sets(RATIO_LIMIT, between(1, MAX, "DeflateInflateRatioLimit must be positive"))),
                directive(
                        "DeflateInflateRatioBurst",
                        all,
                        sets(RATIO_BURST, between(1, MAX, "DeflateInflateRatioBurst must be positive"))));
    }

    private static Directive row(
            String name, int least, int most, String complaint, BiFunction<Terms, Integer, Terms> change) {
        return directive(name, Places.SERVERS, changes(CHANGES, between(least, most, complaint), change));
    }

    /** A row whose word changes one of several terms that are merged as one. */
    static <T, V> Directive.Does changes(
            Setting<List<UnaryOperator<T>>> setting, Arg<V> arg, BiFunction<T, V, T> change) {
        return reads(
                Args.TAKE1,
                (line, scope) -> {
                    V value = arg.read(line.words().get(0), line, scope);
                    scope.give(setting, List.of(terms -> change.apply(terms, value)), line.span());
                },
                setting);
    }

    static Arg<Integer> between(int least, int most, String complaint) {
        return (word, line, scope) -> {
            int value = Reading.atoi(word.text());
            if (value < least || value > most) {
                throw new BadArgument(complaint, word.span());
            }
            return value;
        };
    }

    /** As apr_strtoff reads: nothing may stand behind the digits. */
    private static Arg<Long> limit() {
        return (word, line, scope) -> {
            String text = word.text();
            if (text.matches("\\s*[-+]?\\d{19,}")) {
                throw new BadArgument("DeflateInflateLimitRequestBody is not parsable.", word.span());
            }
            if (!text.matches("\\s*\\+?\\d+")) {
                throw new BadArgument("DeflateInflateLimitRequestBody requires a non-negative integer.", word.span());
            }
            return Long.parseLong(text.strip());
        };
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("DEFLATE", FilterType.CONTENT_SET, DeflateOutput::begin)
                .addOutput("INFLATE", FilterType.RESOURCE - 1, InflateOutput::begin)
                .addInput("DEFLATE", FilterType.CONTENT_SET, InflateInput::begin);
    }
}
