package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Setting;
import dev.sluice.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What every processing model has of core (mpm_common.c). */
public final class ProcessDirectives {
    /** As written, relative to the server root; empty where none is given. */
    public static final Setting<String> PID_FILE = perServer("PidFile", "");

    private ProcessDirectives() {}

    static List<Directive> rows() {
        String loop = "event loops serve here, in one process that is not replaced";
        return List.of(
                directive("PidFile", MAIN_SERVER, sets(PID_FILE, Reading.word())),
                directive("CoreDumpDirectory", MAIN_SERVER, coreDumps()),
                directive("MaxMemFree", MAIN_SERVER, ignored(Args.TAKE1, loop)),
                directive("ScoreBoardFile", MAIN_SERVER, ignored(Args.TAKE1, loop)),
                directive("MaxConnectionsPerChild", MAIN_SERVER, ignored(Args.TAKE1, loop)),
                directive("MaxRequestsPerChild", MAIN_SERVER, ignored(Args.TAKE1, loop)),
                directive("ThreadStackSize", MAIN_SERVER, ignored(Args.TAKE1, loop)));
    }

    private static Directive.Does coreDumps() {
        String why = "a JVM writes its crash report, not a core file, to the folder it was started in";
        Effect effect = (line, scope) -> {
            Path folder = scope.resolve(SourceFile.utf8(line.words().get(0).text()));
            if (!Files.isDirectory(folder)) {
                throw BadArgument.ofMachine("CoreDumpDirectory " + folder + " does not exist");
            }
            scope.find(Findings.IGNORED, line.span(), "CoreDumpDirectory has no effect: " + why);
        };
        return new Directive.Does(Args.TAKE1, effect, new Verdict(Verdict.Kind.IGNORED, why), List.of(), List.of());
    }
}
