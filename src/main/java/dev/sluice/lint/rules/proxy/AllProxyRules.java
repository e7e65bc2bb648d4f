package dev.sluice.lint.rules.proxy;

import dev.sluice.module.LintRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules about backends. */
public final class AllProxyRules {
    public static final List<LintRule> ALL = Stream.of(
                    PassRules.ALL,
                    PassOrderRules.ALL,
                    ReverseRules.ALL,
                    WorkerRules.ALL,
                    ParameterRules.ALL,
                    BalancerRules.ALL,
                    MemberRules.ALL)
            .flatMap(List::stream)
            .toList();

    private AllProxyRules() {}
}
