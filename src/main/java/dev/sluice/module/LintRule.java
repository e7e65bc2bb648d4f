package dev.sluice.module;

import dev.sluice.model.Configuration;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Rule;
import java.util.function.Consumer;

/** Looks at a whole configuration for one kind of mistake. */
public interface LintRule {
    Rule rule();

    void check(Configuration configuration, Consumer<Diagnostic> findings);
}
