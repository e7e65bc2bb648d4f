package dev.sluice.modules.http;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.http.Extension.Attribute;
import dev.sluice.modules.http.Extension.Table;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** mod_mime: what the extensions of a file's name say about it. */
public final class MimeModule implements HttpdModule {
    /** Read at start, for the main server alone; below the server root where it is relative. */
    static final Setting<String> TYPES_CONFIG = perServer("TypesConfig", "conf/mime.types");

    static final Setting<Table> EXTENSIONS =
            perDirectory("AddType", Table.EMPTY, Table::line).inheriting(Table::inner);
    static final View<Map<String, Extension>> IN_FORCE =
            View.of(settings -> settings.get(EXTENSIONS).inForce());

    static final Setting<String> DEFAULT_LANGUAGE = perDirectory("DefaultLanguage", "");
    static final Setting<Boolean> USE_PATH_INFO = perDirectory("ModMimeUsePathInfo", false);

    /** The type that stands for a directory (DIR_MAGIC_TYPE). */
    private static final String DIRECTORY = "httpd/unix-directory";

    private Map<String, String> types = Map.of();

    @Override
    public String id() {
        return "mime_module";
    }

    @Override
    public String file() {
        return "mod_mime.c";
    }

    @Override
    public List<Directive> directives() {
        Places info = Places.anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("AddCharset", info, adds(Attribute.CHARSET)),
                directive("AddEncoding", info, adds(Attribute.ENCODING)),
                directive("AddHandler", info, adds(Attribute.HANDLER)),
                directive("AddInputFilter", info, adds(Attribute.INPUT_FILTERS)),
                directive("AddLanguage", info, adds(Attribute.LANGUAGE)),
                directive("AddOutputFilter", info, adds(Attribute.OUTPUT_FILTERS)),
                directive("AddType", info, adds(Attribute.TYPE)),
                directive("DefaultLanguage", info, sets(DEFAULT_LANGUAGE, word())),
                directive("MultiviewsMatch", info, reads(Args.ITERATE, MultiviewsMatch::read, MultiviewsMatch.SETTING)),
                directive("RemoveCharset", info, removes(Attribute.CHARSET)),
                directive("RemoveEncoding", info, removes(Attribute.ENCODING)),
                directive("RemoveHandler", info, removes(Attribute.HANDLER)),
                directive("RemoveInputFilter", info, removes(Attribute.INPUT_FILTERS)),
                directive("RemoveLanguage", info, removes(Attribute.LANGUAGE)),
                directive("RemoveOutputFilter", info, removes(Attribute.OUTPUT_FILTERS)),
                directive("RemoveType", info, removes(Attribute.TYPE)),
                directive("TypesConfig", Places.SERVERS, sets(TYPES_CONFIG, word())),
                directive("ModMimeUsePathInfo", Places.DIRECTORIES, sets(USE_PATH_INFO, flag())));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TYPE_CHECKER, this::findType);
    }

    @Override
    public void start(Start start) throws CannotStart {
        String name = start.configuration().main().settings().get(TYPES_CONFIG);
        Path file = start.configuration().serverRoot().resolve(name);
        try {
            types = MimeTypes.read(file);
        } catch (IOException e) {
            throw new CannotStart("AH01597: could not open mime types config file " + file + ".");
        }
    }

    private static Directive.Does adds(Attribute attribute) {
        return reads(Args.ITERATE2, (line, scope) -> add(attribute, line, scope), EXTENSIONS);
    }

    /** Values are made lower case, as add_extension_info of mod_mime.c does. */
    private static void add(Attribute attribute, Line line, Scope scope) {
        List<Word> words = line.words();
        String value = words.get(0).text().toLowerCase(Locale.ROOT);
        for (Word word : words.subList(1, words.size())) {
            scope.give(EXTENSIONS, Table.adding(extension(word), attribute, value), line.span());
        }
    }

    private static Directive.Does removes(Attribute attribute) {
        return reads(
                Args.ITERATE,
                (line, scope) -> {
                    for (Word word : line.words()) {
                        scope.give(EXTENSIONS, Table.removing(extension(word), attribute), line.span());
                    }
                },
                EXTENSIONS);
    }

    private static String extension(Word word) {
        String name = word.text().toLowerCase(Locale.ROOT);
        return name.startsWith(".") ? name.substring(1) : name;
    }

    /** find_ct of mod_mime.c. */
    private Outcome findType(Request request) {
        String filename = request.filename();
        if (filename == null || request.isProxied()) {
            return Outcome.DECLINED;
        }
        if (request.file() != null && request.file().isDirectory()) {
            request.contentType(DIRECTORY);
            return Outcome.OK;
        }
        String name = request.settings().get(USE_PATH_INFO) ? filename + request.pathInfo() : filename;
        FileNameReading reading = new FileNameReading(
                request.settings().view(IN_FORCE), types, request.settings().get(MultiviewsMatch.SETTING));
        reading.read(name.substring(name.lastIndexOf('/') + 1));
        reading.applyTo(request, request.settings().get(DEFAULT_LANGUAGE));
        return request.contentType() == null ? Outcome.DECLINED : Outcome.OK;
    }
}
