package dev.sluice.shell;

import dev.sluice.migrate.Readiness;
import dev.sluice.migrate.ReadinessReport;
import java.util.List;

/** What moves a configuration. */
final class MigrateCommands {
    private MigrateCommands() {}

    static List<Command> all() {
        return List.of(new Command(
                "check",
                "",
                "which sites can be served as they are, and what stands in the way of the others",
                "check",
                Command::none,
                MigrateCommands::check));
    }

    private static int check(Session session, List<String> words, Out out) throws Command.Misuse {
        Words.none(words);
        Readiness readiness = Readiness.of(session.loaded(), session.review());
        if (out.isJson()) {
            out.json(ReadinessReport.json(List.of(readiness)));
        } else {
            out.lines(ReadinessReport.text(readiness, out.paint()));
        }
        return readiness.isReady() ? Command.DONE : Command.FOUND;
    }
}
