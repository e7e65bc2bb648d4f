package dev.sluice.lint.rules;

import dev.sluice.lint.rules.proxy.AllProxyRules;
import dev.sluice.module.LintRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules that are no single module's. */
public final class AllRules {
    public static final List<LintRule> ALL = Stream.of(
                    VirtualHostRules.ALL,
                    AddressRules.ALL,
                    MappingRules.ALL,
                    RewriteRules.ALL,
                    RegexRules.ALL,
                    BacktrackingRule.ALL,
                    AccessRules.ALL,
                    ExposureRules.ALL,
                    HeaderRules.ALL,
                    AllProxyRules.ALL,
                    Http2Rules.ALL,
                    ProtocolRules.ALL,
                    DirectiveRules.ALL,
                    ConditionRules.ALL,
                    TextRules.ALL,
                    IncludeRules.ALL)
            .flatMap(List::stream)
            .toList();

    private AllRules() {}
}
