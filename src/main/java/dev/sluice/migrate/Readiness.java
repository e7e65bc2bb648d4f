package dev.sluice.migrate;

import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Findings;
import dev.sluice.lint.Review;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far a configuration is from being served here.
 *
 * @param file the main file, or the one that stands alone
 * @param sites in the order of reading, the main server last
 * @param shared what keeps every site from being served: errors of lines that are no site's, and what concerns no line
 * @param uses every directive, and how it fares
 */
public record Readiness(
        String file, List<OfSite> sites, List<Diagnostic> shared, List<DirectiveUse> uses, Review review) {
    /** How a site is. */
    public enum State {
        READY("ready"),
        DIFFERENCES("ready, with differences"),
        NOT_READY("not ready");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * One site.
     *
     * @param errors what keeps it from being served
     * @param differences what is otherwise than in httpd: directives that work in part, or have nothing to do here
     * @param advice what httpd and Sluice do alike, and people may not want
     */
    public record OfSite(
            Site site, State state, List<Diagnostic> errors, List<Diagnostic> differences, List<Diagnostic> advice) {}

    private static final Set<String> DIFFERENCES = Set.of(Findings.PARTLY.id(), Findings.IGNORED.id());

    /** Judges what was read. {@code review} has all findings of the same reading. */
    public static Readiness of(ConfigLoader.Loaded loaded, Review review) {
        Sites sites = Sites.of(loaded);
        List<OfSite> judged = new ArrayList<>();
        List<Diagnostic> shared = List.of();
        for (Site site : sites.all()) {
            List<Diagnostic> findings = sites.findings(site, review.findings());
            List<Diagnostic> errors = findings.stream()
                    .filter(each -> each.severity() == Severity.ERROR)
                    .toList();
            if (site.isMain()) {
                shared = errors;
            }
            List<Diagnostic> differences = findings.stream()
                    .filter(each -> DIFFERENCES.contains(each.rule().id()))
                    .toList();
            List<Diagnostic> advice = findings.stream()
                    .filter(each -> !errors.contains(each) && !differences.contains(each))
                    .toList();
            judged.add(new OfSite(site, state(errors, differences), errors, differences, advice));
        }
        return new Readiness(review.file(), judged, shared, DirectiveUse.of(loaded, sites), review);
    }

    private static State state(List<Diagnostic> errors, List<Diagnostic> differences) {
        if (!errors.isEmpty()) {
            return State.NOT_READY;
        }
        return differences.isEmpty() ? State.READY : State.DIFFERENCES;
    }

    /** How many sites are in that state; the main server counts where it is the only one. */
    public long count(State state) {
        return counted().stream().filter(each -> each.state == state).count();
    }

    /** The sites that counts are about: virtual hosts, or the main server where there are none. */
    public List<OfSite> counted() {
        return sites.size() == 1
                ? sites
                : sites.stream().filter(each -> !each.site.isMain()).toList();
    }

    /** Whether every site could be served today. */
    public boolean isReady() {
        return shared.isEmpty() && sites.stream().allMatch(each -> each.errors.isEmpty());
    }
}
