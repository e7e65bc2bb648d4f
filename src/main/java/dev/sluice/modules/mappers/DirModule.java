package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.modules.core.UrlPath;
import dev.sluice.request.Hooks;
import dev.sluice.request.Lookup;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import io.undertow.util.Headers;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** mod_dir: the file that stands for a directory, the slash behind its name, and what stands for nothing at all. */
public final class DirModule implements HttpdModule {
    static final Setting<List<String>> INDEX = perDirectory("DirectoryIndex", List.of("index.html"));
    static final Setting<Boolean> SLASH = perDirectory("DirectorySlash", true);
    static final Setting<Boolean> CHECK_HANDLER = perDirectory("DirectoryCheckHandler", false);

    /** The status that sends clients to the index; 0 where it is served in place. */
    static final Setting<Integer> INDEX_REDIRECT = perDirectory("DirectoryIndexRedirect", 0);

    /** {@code disabled}, in any case, for none. */
    static final Setting<String> FALLBACK = perDirectory("FallbackResource", "disabled");

    @Override
    public String id() {
        return "dir_module";
    }

    @Override
    public String file() {
        return "mod_dir.c";
    }

    @Override
    public List<Directive> directives() {
        Places indexes = Places.anywhere(AllowOverride.INDEXES);
        return List.of(
                directive("FallbackResource", indexes, sets(FALLBACK, word())),
                directive("DirectoryIndex", indexes, raw(DirModule::index, INDEX)),
                directive("DirectorySlash", indexes, sets(SLASH, flag())),
                directive("DirectoryCheckHandler", indexes, sets(CHECK_HANDLER, flag())),
                directive("DirectoryIndexRedirect", indexes, sets(INDEX_REDIRECT, redirect())));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, Hooks.Turn.LAST, DirModule::fixup);
    }

    /** Lines of one section add up; "disabled" alone on its line forgets those before it. */
    private static void index(Line line, Scope scope) {
        List<Word> words = line.words();
        List<String> earlier = scope.given(INDEX);
        List<String> names = new ArrayList<>(earlier == null ? List.of() : earlier);
        if (words.size() == 1 && words.get(0).text().equalsIgnoreCase("disabled")) {
            names.clear();
        } else {
            for (Word word : words) {
                if (word.text().isEmpty()) {
                    break;
                }
                names.add(word.text());
            }
        }
        scope.give(INDEX, List.copyOf(names), line.span());
    }

    private static Arg<Integer> redirect() {
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "on", "temp" -> 302;
            case "off" -> 0;
            case "permanent" -> 301;
            case "seeother" -> 303;
            default -> {
                if (!Character.isDigit(word.text().charAt(0))) {
                    throw new BadArgument("DirectoryIndexRedirect ON|OFF|permanent|temp|seeother|3xx", word.span());
                }
                int status = Reading.atoi(word.text());
                if (status < 300 || status > 399) {
                    throw new BadArgument(
                            "DirectoryIndexRedirect only accepts values between 300 and 399", word.span());
                }
                yield status;
            }
        };
    }

    private static Outcome fixup(Request request) {
        if (request.isProxied() || request.filename() == null) {
            return Outcome.DECLINED;
        }
        BasicFileAttributes file = request.file();
        if (file != null && file.isDirectory()) {
            return directory(request);
        }
        return file == null && request.handler() == null ? fallback(request) : Outcome.DECLINED;
    }

    /** fixup_dir of mod_dir.c. */
    private static Outcome directory(Request request) {
        Settings settings = request.settings();
        if (!request.pathInfo().isEmpty()) {
            return Outcome.DECLINED;
        }
        if (!request.path().endsWith("/")) {
            return slash(request);
        }
        if ("redirect-handler".equals(request.handler())) {
            // mod_rewrite is about to start again with another URL.
            return Outcome.DECLINED;
        }
        if (settings.get(CHECK_HANDLER) && request.handler() != null) {
            return Outcome.DECLINED;
        }
        int failure = 0;
        List<String> names = settings.get(INDEX);
        for (int i = 0; i < names.size(); i++) {
            Lookup.Result found = request.lookUp(withQuery(names.get(i), request));
            if (found.isAnswerable()) {
                return answer(request, found.request());
            }
            boolean isLast = i == names.size() - 1;
            int status = found.status();
            if ((status >= 300 && status < 400) || (isLast && (status == 401 || status == 406))) {
                request.inheritAlwaysHeaders(found.request());
                return Outcome.status(status);
            }
            if (status != 200 && status != 404) {
                failure = status;
            }
        }
        if (request.settings().get(FALLBACK).equalsIgnoreCase("disabled") && failure == 0) {
            // What mod_autoindex says where it may not list the folder.
            request.notes().set("dir-index-names", String.join(",", names));
        }
        return failure == 0 ? fallback(request) : Outcome.status(failure);
    }

    private static Outcome answer(Request request, Request index) {
        int status = request.settings().get(INDEX_REDIRECT);
        if (status == 0) {
            return Outcome.goOnWith(index);
        }
        return redirect(request, status, UrlPath.escaped(index.path()));
    }

    /** To the name with a slash behind it, without which links in the directory's pages would lead astray. */
    private static Outcome slash(Request request) {
        boolean carefully = !request.method().equals("GET")
                && !request.method().equals("HEAD")
                && request.environment().has("redirect-carefully");
        if (!request.settings().get(SLASH) || carefully) {
            return Outcome.DECLINED;
        }
        return redirect(request, 301, withQuery(UrlPath.escaped(request.path()) + "/", request));
    }

    private static Outcome redirect(Request request, int status, String path) {
        request.exchange().getResponseHeaders().put(Headers.LOCATION, SelfReference.url(request, path));
        return Outcome.status(status);
    }

    /** fixup_dflt of mod_dir.c. */
    private static Outcome fallback(Request request) {
        String resource = request.settings().get(FALLBACK);
        if (resource.equalsIgnoreCase("disabled")) {
            return Outcome.DECLINED;
        }
        Lookup.Result found = request.lookUp(withQuery(resource, request));
        if (found.isAnswerable()) {
            return Outcome.goOnWith(found.request());
        }
        int status = found.status();
        return status == 200 || status == 404 ? Outcome.DECLINED : Outcome.status(status);
    }

    private static String withQuery(String uri, Request request) {
        return uri + request.queryWithMark();
    }
}
