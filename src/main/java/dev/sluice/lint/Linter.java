package dev.sluice.lint;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.HttpdWarning;
import dev.sluice.config.Problem;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.LintRule;
import dev.sluice.modules.AllModules;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds everything that is wrong with a configuration, where httpd stops at the first error. */
public final class Linter {
    private Linter() {}

    /** In the order of reading, then what the configuration as a whole is found wrong for. */
    public static List<Diagnostic> lint(ConfigLoader.Request request) {
        List<Diagnostic> found = new ArrayList<>();
        try {
            ConfigLoader.Loaded loaded =
                    ConfigLoader.load(request, AllModules.create(), warnings -> addAll(warnings, found));
            addAll(loaded.read().warnings(), found);
            loaded.problems().stream().map(Problem::finding).forEach(found::add);
            if (found.stream().noneMatch(f -> f.severity() == Severity.ERROR)) {
                whole(loaded, found);
            }
        } catch (ConfigError e) {
            found.add(ofError(e));
        }
        return found;
    }

    private static void addAll(List<HttpdWarning> warnings, List<Diagnostic> found) {
        warnings.stream().map(HttpdWarning::diagnostic).forEach(found::add);
    }

    private static void whole(ConfigLoader.Loaded loaded, List<Diagnostic> found) {
        for (HttpdModule module : loaded.modules()) {
            for (LintRule rule : module.lints()) {
                rule.check(loaded.configuration(), found::add);
            }
            try {
                module.check(loaded.configuration());
            } catch (CannotStart e) {
                found.add(new Diagnostic(Findings.ARGUMENTS, null, Objects.requireNonNull(e.getMessage())));
            }
        }
    }

    /** The message without the places that httpd puts in front of it: the diagnostic has its own. */
    private static Diagnostic ofError(ConfigError error) {
        String message = error.message();
        String hint = error.hint();
        Line.At at = error.at();
        String place = at == null ? "" : "Syntax error on " + at + ": ";
        int behind = place.isEmpty() ? -1 : message.lastIndexOf(place);
        String bare = behind < 0 ? message : message.substring(behind + place.length());
        Span span = error.span();
        return new Diagnostic(Findings.ARGUMENTS, span, hint == null ? bare : bare + " (" + hint + ")");
    }
}
