package dev.sluice.lint.rules.proxy;

import static dev.sluice.module.LintRule.text;

import dev.sluice.lint.rules.proxy.Balancer.Member;
import dev.sluice.lint.rules.proxy.Balancer.Use;
import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.module.Standing;
import dev.sluice.source.Fix;
import dev.sluice.source.Severity;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Balancers as wholes: whether there is one, who asks it, how a session stays with its member. */
final class BalancerRules {
    static final List<LintRule> ALL = List.of(
            text(
                    "balancer-undefined",
                    Severity.WARNING,
                    "A balancer that is asked and has no members",
                    BalancerRules::undefined),
            text("balancer-unused", Severity.WARNING, "A balancer that nothing asks", BalancerRules::unused),
            text(
                    "balancer-route-unused",
                    Severity.WARNING,
                    "Members with a route in a balancer without stickysession",
                    BalancerRules::routes),
            text(
                    "balancer-route-missing",
                    Severity.WARNING,
                    "A balancer with stickysession whose members have no route",
                    BalancerRules::sticky));

    private BalancerRules() {}

    /** The main file may have what a file that stands alone lacks: then only what another host has, or a slip, is told. */
    private static void undefined(LintSubject subject, Report report) {
        List<Balancer> balancers = Balancer.all(subject);
        Set<String> told = new HashSet<>();
        List<Use> uses = Balancer.uses(subject);
        for (Use use : uses) {
            List<Balancer> seen =
                    balancers.stream().filter(each -> use.isOf(each)).toList();
            boolean filled =
                    seen.stream().anyMatch(each -> !each.members().isEmpty() || each.parameter("growth") != null);
            if (use.name().isEmpty()
                    || filled
                    || !told.add(use.name() + use.line().hostLine())) {
                continue;
            }
            Standing elsewhere = elsewhere(use.name(), balancers);
            boolean emptyHere =
                    seen.stream().anyMatch(each -> !each.definitions().isEmpty()) && subject.hasAllIncludes();
            if (!subject.facts().isWhole() && elsewhere == null && !emptyHere) {
                continue;
            }
            String url = "balancer://" + use.name();
            report.at(
                    use.line().span(),
                    elsewhere == null
                            ? "'" + url + "' has no members: every request to it is answered with 503"
                            : "'" + url + "' is another virtual host's, and has no members here: every request to it is"
                                    + " answered with 503",
                    elsewhere == null ? similar(use.name(), balancers) : "the other host's",
                    elsewhere == null ? null : elsewhere.span(),
                    elsewhere == null ? meant(use, balancers, uses) : null);
        }
    }

    /** The one balancer that the line could ask and nothing asks yet. */
    private static @Nullable Fix meant(Use use, List<Balancer> balancers, List<Use> uses) {
        List<Balancer> idle = balancers.stream()
                .filter(each -> !each.members().isEmpty()
                        && (each.host() == null || each.host() == use.line().hostLine())
                        && uses.stream().noneMatch(other -> other.isOf(each)))
                .toList();
        Span line = use.line().span();
        String asked = "balancer://" + use.name();
        int at = line.text().indexOf(asked);
        if (idle.size() != 1 || at < 0) {
            return null;
        }
        String url = "balancer://" + idle.get(0).name();
        Span place = line.file().span(line.start() + at, line.start() + at + asked.length());
        return use.line()
                .ifVerbatim(
                        Fix.replace("did you mean '" + url + "'?", place, url).unsure());
    }

    /** A definition with members in another host; null where there is none. */
    private static @Nullable Standing elsewhere(String name, List<Balancer> balancers) {
        return balancers.stream()
                .filter(each -> each.host() != null && each.name().equals(name))
                .filter(each -> !each.members().isEmpty() && !each.definitions().isEmpty())
                .map(each -> each.definitions().get(0))
                .findFirst()
                .orElse(null);
    }

    private static String similar(String name, List<Balancer> balancers) {
        List<String> known = balancers.stream()
                .filter(each -> !each.members().isEmpty())
                .map(each -> "'balancer://" + each.name() + "'")
                .distinct()
                .sorted()
                .toList();
        return known.isEmpty() || known.size() > 5
                ? "<Proxy balancer://" + name + "> with BalancerMember lines gives it some"
                : "there is " + String.join(", ", known);
    }

    private static void unused(LintSubject subject, Report report) {
        List<Use> uses = Balancer.uses(subject);
        boolean dynamic = uses.stream().anyMatch(use -> use.name().isEmpty()) || !subject.hasAllIncludes();
        for (Balancer balancer : Balancer.all(subject)) {
            boolean judgeable = subject.facts().isWhole() || balancer.host() != null;
            boolean used = dynamic || uses.stream().anyMatch(use -> use.isOf(balancer));
            if (judgeable && !used && !balancer.definitions().isEmpty()) {
                report.at(
                        balancer.definitions().get(0).span(),
                        "nothing asks 'balancer://" + balancer.name() + "'"
                                + (balancer.host() == null ? "" : " in this virtual host, and no other host can"));
            }
        }
    }

    /** Whether a ProxyPass to it, or it itself, has that parameter. */
    private static @Nullable Word parameter(String key, Balancer balancer, List<Use> uses) {
        Word own = balancer.parameter(key);
        if (own != null) {
            return own;
        }
        for (Use use : uses) {
            boolean passes = use.line().name().startsWith("proxypass");
            Word word =
                    passes && use.isOf(balancer) ? PassLine.parameter(PassLine.parameters(use.line(), 0), key) : null;
            if (word != null) {
                return word;
            }
        }
        return null;
    }

    private static void routes(LintSubject subject, Report report) {
        List<Use> uses = Balancer.uses(subject);
        for (Balancer balancer : Balancer.all(subject)) {
            boolean known = subject.facts().isWhole() || uses.stream().anyMatch(use -> use.isOf(balancer));
            if (!known || parameter("stickysession", balancer, uses) != null) {
                continue;
            }
            for (Member member : balancer.members()) {
                Word route = member.parameter("route");
                if (route != null) {
                    report.at(
                            route.span(),
                            "no session stays with this member: 'balancer://" + balancer.name()
                                    + "' has no stickysession that says where a request has its route");
                    break;
                }
            }
        }
    }

    private static void sticky(LintSubject subject, Report report) {
        List<Use> uses = Balancer.uses(subject);
        for (Balancer balancer : Balancer.all(subject)) {
            Word sticky = parameter("stickysession", balancer, uses);
            boolean routed = balancer.members().stream()
                    .anyMatch(member -> member.parameter("route") != null
                            || member.line().word(0).contains("${"));
            if (sticky != null && balancer.members().size() > 1 && !routed) {
                report.at(
                        sticky.span(),
                        "no member of 'balancer://" + balancer.name()
                                + "' has a route= that a request's could be: requests of a session go to all of them");
            }
        }
    }
}
