package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.lint.rules.proxy.Balancer.Member;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of balancers. */
final class MemberRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "balancer-member-slash",
                    Severity.WARNING,
                    "A BalancerMember whose URL ends in a slash, which then stands twice",
                    MemberRules::slashes),
            text(
                    "balancer-spare-alone",
                    Severity.WARNING,
                    "A balancer whose members are all hot standbys or hot spares",
                    MemberRules::spares),
            text(
                    "balancer-route-duplicate",
                    Severity.WARNING,
                    "Two members of one balancer with the same route",
                    MemberRules::duplicates));

    private MemberRules() {}

    private static void slashes(LintSubject subject, Report report) {
        for (Standing line : subject.lines("BalancerMember")) {
            int at = Balancer.name(line.word(0)).isEmpty() ? 0 : 1;
            String url = line.word(at);
            if (!url.contains("://") || !url.endsWith("/")) {
                continue;
            }
            String bare = url.replaceFirst("/+$", "");
            Span word = line.wordSpan(at);
            report.at(
                    word,
                    "the path of a request is put behind '" + url + "' with its slash, so '/x' is asked for as '" + url
                            + "/x'",
                    word.text().contains(url) ? line.ifVerbatim(without(word, url, bare)) : null);
        }
    }

    private static Fix without(Span word, String url, String bare) {
        int at = word.start() + word.text().indexOf(url);
        return Fix.replace("leave the slash out", word.file().span(at + bare.length(), at + url.length()), "");
    }

    private static void spares(LintSubject subject, Report report) {
        for (Balancer balancer : Balancer.all(subject)) {
            List<Member> members = balancer.members();
            boolean aside = !members.isEmpty()
                    && members.stream().allMatch(member -> member.hasStatus('H') || member.hasStatus('R'));
            if (aside && subject.hasAllIncludes()) {
                Word status = members.get(0).parameter("status");
                report.at(
                        status == null ? members.get(0).line().span() : status.span(),
                        "no member of 'balancer://" + balancer.name()
                                + "' is a regular one that this could stand in for");
            }
        }
    }

    private static void duplicates(LintSubject subject, Report report) {
        for (Balancer balancer : Balancer.all(subject)) {
            Map<String, Word> first = new HashMap<>();
            for (Member member : new ArrayList<>(balancer.members())) {
                Word route = member.parameter("route");
                @Nullable
                Word before =
                        route == null || member.hasStatus('H') ? null : first.putIfAbsent(PassLine.value(route), route);
                if (route != null && before != null) {
                    report.at(
                            route.span(),
                            "'" + PassLine.value(route)
                                    + "' is the route of an earlier member, too, which gets sessions of both",
                            "the earlier one",
                            before.span(),
                            null);
                }
            }
        }
    }
}
