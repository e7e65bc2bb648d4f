package dev.sluice.modules.generators.cgi;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Reading.atoi;
import static dev.sluice.directive.Reading.path;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.model.Setting;
import dev.sluice.modules.core.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What lines of mod_cgi and mod_cgid say: both have the same but for the names of their own. */
public final class CgiLines {
    /** The log of scripts that fail; none where it is empty. */
    static final Setting<Optional<Path>> LOG = perServer("ScriptLog", Optional.empty());

    /** In bytes: a log that is longer is not written any more. */
    static final Setting<Integer> LOG_LENGTH = perServer("ScriptLogLength", 10385760);

    /** How many bytes of a request's body are logged. */
    static final Setting<Integer> LOG_BUFFER = perServer("ScriptLogBuffer", 1024);

    /** How long a script may be silent; as Timeout says where it is zero. */
    static final Setting<Duration> TIMEOUT = perDirectory("CGIScriptTimeout", Duration.ZERO);

    private static final String NO_LOG =
            "nothing is written into the log of scripts: what they complain of is in the error log";

    private CgiLines() {}

    /** The rows that both modules have. */
    public static List<Directive> shared() {
        return List.of(
                directive(
                        "ScriptLog",
                        SERVERS,
                        reads(
                                        Args.TAKE1,
                                        (line, scope) -> {
                                            Path log = path().read(line.words().get(0), line, scope);
                                            scope.give(LOG, Optional.of(log), line.span());
                                        },
                                        LOG)
                                .partly(NO_LOG)),
                directive("ScriptLogLength", SERVERS, sets(LOG_LENGTH, atoi()).partly(NO_LOG)),
                directive("ScriptLogBuffer", SERVERS, sets(LOG_BUFFER, atoi()).partly(NO_LOG)));
    }

    /** The row of the time that a script may be silent. */
    public static Directive timeout(String name) {
        return directive(name, SERVERS_AND_DIRECTORIES, sets(TIMEOUT, wait(name)));
    }

    private static Arg<Duration> wait(String name) {
        return (word, line, scope) -> {
            Duration wait = Waits.parse(word.text(), Waits.Unit.SECONDS);
            if (wait == null) {
                throw new BadArgument(name + " has wrong format", word.span());
            }
            return wait;
        };
    }
}
