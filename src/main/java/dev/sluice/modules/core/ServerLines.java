package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Server;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What core's lines about servers do. */
final class ServerLines {
    /** Mutex mechanisms that httpd knows and that need a path to a folder. */
    private static final Set<String> FILE_MUTEXES = Set.of("flock", "fcntl", "file");

    private static final Set<String> MUTEXES =
            Set.of("none", "no", "default", "yes", "pthread", "sysvsem", "posixsem", "sem");

    private ServerLines() {}

    static void virtualHost(Line line, Scope scope) throws BadArgument {
        if (line.args().isBlank()) {
            throw new BadArgument("<VirtualHost> directive requires additional arguments");
        }
        for (Word word : line.words()) {
            Address address = Address.parse(word.text());
            if (address == null) {
                throw new BadArgument("The address or port is invalid", word.span());
            }
            if (address.host() == null) {
                throw new BadArgument("Missing address for VirtualHost", word.span());
            }
        }
        scope.openServer(line);
    }

    static void error(Line line, Scope scope) throws BadArgument {
        if (line.args().isBlank()) {
            throw new BadArgument("The Error directive was used with no message.");
        }
        boolean quoted = line.args().startsWith("\"") || line.args().startsWith("'");
        throw new BadArgument(quoted ? line.words().get(0).text() : line.args().strip());
    }

    static void serverName(Line line, Scope scope) throws BadArgument {
        ServerName name = ServerName.read(line.words().get(0).text());
        scope.give(CoreModule.SERVER_NAME, Optional.of(name), line.span());
    }

    static void serverAlias(Line line, Scope scope) throws BadArgument {
        if (!scope.place().within("VirtualHost")) {
            throw new BadArgument("ServerAlias only used in <VirtualHost>");
        }
        List<String> names = new ArrayList<>();
        for (Word word : line.words()) {
            names.add(word.text().toLowerCase(Locale.ROOT));
        }
        scope.give(CoreModule.SERVER_ALIASES, names, line.span());
    }

    static void documentRoot(Line line, Scope scope) throws BadArgument {
        Path root = scope.resolve(SourceFile.utf8(line.words().get(0).text())).normalize();
        if (!scope.defines().contains(CoreModule.UNCHECKED_ROOTS) && !Files.isDirectory(root)) {
            if (!scope.place().within("VirtualHost")) {
                throw BadArgument.ofMachine("DocumentRoot '" + root + "' is not a directory, or is not readable");
            }
            CoreWords.warn(scope, line, "AH00112: Warning: DocumentRoot [" + root + "] does not exist");
        }
        scope.give(CoreModule.DOCUMENT_ROOT, root, line.span());
    }

    static void protocols(Line line, Scope scope) {
        List<String> names = new ArrayList<>();
        for (Word word : line.words()) {
            names.add(word.text());
        }
        scope.give(CoreModule.PROTOCOLS, names, line.span());
    }

    static void errorLog(Line line, Scope scope) {
        scope.give(CoreModule.ERROR_LOG, line.words().get(0).text(), line.span());
    }

    static void logLevel(Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            LogLevels levels = LogLevels.read(word.text(), scope::shortName);
            if (scope.place().kind() == Place.Kind.SERVER) {
                scope.give(CoreModule.LOG_LEVEL, levels, word.span());
            }
        }
    }

    static void limitInternalRecursion(Line line, Scope scope) throws BadArgument {
        for (Word word : line.words()) {
            int limit = Reading.atoi(word.text());
            if (limit <= 0) {
                throw new BadArgument("The recursion limit must be greater than zero.", word.span());
            }
            if (limit < 4) {
                CoreWords.warn(
                        scope,
                        line,
                        "AH00119: Limiting internal redirects to very low numbers may cause normal requests to fail.");
            }
        }
        scope.give(
                CoreModule.LIMIT_INTERNAL_RECURSION,
                Reading.atoi(line.words().get(0).text()),
                line.span());
    }

    /** Nothing here needs a lock between processes; the line is checked as ap_set_mutex does. */
    static void mutex(Line line, Scope scope) throws BadArgument {
        if (line.words().isEmpty()) {
            throw new BadArgument("Mutex requires at least a mechanism argument ('none', 'default', "
                    + "'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', "
                    + "'pthread', 'sysvsem', 'posixsem', 'sem')");
        }
        String mechanism = line.words().get(0).text();
        int colon = mechanism.indexOf(':');
        String name = (colon < 0 ? mechanism : mechanism.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (colon < 0 ? MUTEXES.contains(name) || FILE_MUTEXES.contains(name) : FILE_MUTEXES.contains(name)) {
            if (colon >= 0 && !Files.isDirectory(scope.resolve(mechanism.substring(colon + 1)))) {
                throw new BadArgument("Invalid Mutex directory in argument " + mechanism);
            }
            scope.find(
                    Findings.IGNORED,
                    line.span(),
                    "Mutex has no effect: there is one process, and nothing to lock between processes");
            return;
        }
        throw new BadArgument("Invalid Mutex argument " + mechanism
                + " (Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file',"
                + " 'file:/path/to/file', 'pthread', 'sysvsem', 'posixsem', 'sem')");
    }

    static void mergeTrailers(Line line, Scope scope) throws BadArgument {
        if (line.words().get(0).text().equalsIgnoreCase("on")) {
            throw BadArgument.refusal("MergeTrailers On is not supported: trailers are never taken for headers");
        }
    }

    /** One word is the format of every line; with two, the first says what has lines of its own. */
    static void errorLogFormat(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        String first = words.get(0).text();
        if (words.size() == 1) {
            scope.give(CoreModule.ERROR_LOG_FORMAT, Optional.of(ErrorLogFormat.read(first, true)), line.span());
        } else if (first.equalsIgnoreCase("request") || first.equalsIgnoreCase("connection")) {
            ErrorLogFormat.read(words.get(1).text(), false);
        } else {
            throw new BadArgument("ErrorLogFormat type must be one of request, connection");
        }
    }

    static Directive.Does port() {
        return reads(Args.TAKE1, (line, scope) -> {
            throw new BadArgument("Port was replaced with Listen in Apache 2.0");
        });
    }

    static Directive.Does readBufferSize() {
        String why = "buffers are pooled";
        Directive.Does noted = Directive.ignored(Args.TAKE1, why);
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> {
                    String size = line.words().get(0).text();
                    if (!size.matches("\\d{1,10}") || Long.parseLong(size) > 0xffffffffL) {
                        throw new BadArgument("parameter must be a number between 0 and (4294967295U)): " + size);
                    }
                    noted.effect().apply(line, scope);
                },
                noted.verdict(),
                List.of(),
                List.of());
    }

    /** The folder of a log that is a file must be there (check_errorlog_dir, server/core.c). */
    static @Nullable String errorLogComplaint(Path serverRoot, Server server) {
        if (!server.isMain() && !server.gives(CoreModule.ERROR_LOG)) {
            return null;
        }
        String target = server.settings().get(CoreModule.ERROR_LOG);
        if (LogFile.isPiped(target) || target.startsWith("syslog")) {
            return null;
        }
        Path path = LogFile.path(target, serverRoot);
        String complaint = LogFile.folderComplaint(path);
        String whose = server.isMain() ? "main error log" : "error log of vhost defined at " + server.place();
        return complaint == null
                ? null
                : complaint + ": AH02291: Cannot access directory '" + path.getParent() + "/' for " + whose;
    }
}
