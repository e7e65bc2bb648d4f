package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mod_speling: files whose names are nearly what was asked for. */
public final class SpelingModule implements HttpdModule {
    /**
     * What the lines of one section say, by the name of the directive in lower case: httpd does not merge what sections say,
     * the innermost that says anything stands alone.
     */
    static final Setting<Map<String, Boolean>> SAID = perDirectory(
                    "CheckSpelling", Map.<String, Boolean>of(), Merge.overlay())
            .inheriting(Merge.own());

    @Override
    public String id() {
        return "speling_module";
    }

    @Override
    public String file() {
        return "mod_speling.c";
    }

    @Override
    public List<Directive> directives() {
        Places options = anywhere(AllowOverride.OPTIONS);
        return List.of(
                directive("CheckSpelling", options, says()),
                directive("CheckCaseOnly", options, says()),
                directive("CheckBasenameMatch", options, says()));
    }

    private static Directive.Does says() {
        return reads(
                Args.FLAG,
                (line, scope) -> {
                    boolean on = line.words().get(0).text().equalsIgnoreCase("on");
                    scope.give(SAID, Map.of(line.name().toLowerCase(Locale.ROOT), on), line.span());
                },
                SAID);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Hooks.Turn.LAST, SpelingModule::check);
    }

    /** check_speling, mod_speling.c. Reads a directory: requests for files are on worker threads by now. */
    private static Outcome check(Request request) {
        String filename = request.filename();
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        if (!request.settings().get(SAID).getOrDefault("checkspelling", false)
                || !get
                || request.file() != null
                || filename == null) {
            return Outcome.DECLINED;
        }
        int slash = filename.lastIndexOf('/');
        if (request.isProxied() || slash < 0 || request.path().equals("/") || request.isSubRequest()) {
            return Outcome.DECLINED;
        }
        String bad = filename.substring(slash + 1);
        String tail = bad + request.pathInfo();
        if (!request.path().endsWith(tail)) {
            return Outcome.DECLINED;
        }
        String url = request.path().substring(0, request.path().length() - tail.length());
        List<Misspelling> found =
                found(filename.substring(0, slash), bad, request.settings().get(SAID));
        if (found == null || found.isEmpty()) {
            return Outcome.DECLINED;
        }
        Collections.sort(found);
        Misspelling best = found.get(0);
        boolean sure = found.size() == 1 || best.kind() != found.get(1).kind();
        return best.kind() != Misspelling.Kind.COMMON_BASENAME && sure
                ? redirect(request, url + best.name() + request.pathInfo())
                : choices(request, url, found);
    }

    private static Outcome redirect(Request request, String path) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        String url = SelfReference.url(request, UrlPath.escaped(path) + query);
        request.exchange().getResponseHeaders().put(Headers.LOCATION, url);
        return Outcome.status(301);
    }

    /** Null where the directory cannot be read, or has the very name: what is wrong then is no misspelling. */
    private static @Nullable List<Misspelling> found(String folder, String bad, Map<String, Boolean> said) {
        Path path = FileNames.path(folder.isEmpty() ? "/" : folder);
        if (path == null || !Files.isDirectory(path)) {
            return null;
        }
        boolean caseOnly = said.getOrDefault("checkcaseonly", false);
        boolean basenames = said.getOrDefault("checkbasenamematch", true);
        List<Misspelling> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = bytes(String.valueOf(entry.getFileName()));
                if (name.equals(bad)) {
                    return null;
                }
                Misspelling.Kind kind = Misspelling.kind(bad, name);
                if (kind != null && (!caseOnly || kind == Misspelling.Kind.MISCAPITALIZED)) {
                    found.add(new Misspelling(name, kind));
                } else if (basenames && basename(bad).equals(basename(name))) {
                    found.add(new Misspelling(name, Misspelling.Kind.COMMON_BASENAME));
                }
            }
        } catch (IOException e) {
            return null;
        }
        return found;
    }

    private static String bytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String basename(String name) {
        int dot = name.indexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    private static Outcome choices(Request request, String url, List<Misspelling> found) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        StringBuilder html = new StringBuilder("The document name you requested (<code>")
                .append(escaped(request.path()))
                .append("</code>) could not be found on this server.\nHowever, we found documents with names similar"
                        + " to the one you requested.<p>Available documents:\n<ul>\n");
        for (int i = 0; i < found.size(); i++) {
            Misspelling each = found.get(i);
            String target = url + each.name() + request.pathInfo() + query;
            html.append("<li><a href=\"")
                    .append(UrlPath.escaped(target))
                    .append("\">")
                    .append(escaped(target))
                    .append("</a> (")
                    .append(each.kind().words())
                    .append(")\n");
            boolean turn = i > 0
                    && i < found.size() - 1
                    && each.kind() != Misspelling.Kind.COMMON_BASENAME
                    && found.get(i + 1).kind() == Misspelling.Kind.COMMON_BASENAME;
            html.append(turn ? "</ul>\nFurthermore, the following related documents were found:\n<ul>\n" : "");
        }
        html.append("</ul>\n");
        String referer = request.exchange().getRequestHeaders().getFirst(Headers.REFERER);
        if (referer != null) {
            html.append("Please consider informing the owner of the referring page <tt>")
                    .append(escaped(referer))
                    .append("</tt> about the broken link.\n");
        }
        request.errorNotes(html.toString());
        return Outcome.status(300);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
