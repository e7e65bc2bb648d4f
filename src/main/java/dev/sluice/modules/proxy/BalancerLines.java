package dev.sluice.modules.proxy;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.modules.proxy.balancer.BalancerParameters;
import dev.sluice.syntax.Word;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines that name balancers (add_member, and the balancers' parts of add_pass and set_proxy_param, mod_proxy.c). */
final class BalancerLines {
    private BalancerLines() {}

    /** BalancerMember: in a section of the balancer that is its argument, elsewhere of the one that comes first. */
    static void member(Line line, Scope scope) throws BadArgument {
        Scope.Enclosing section = scope.enclosing();
        String balancer = section == null ? null : section.argument();
        String url = null;
        Parameters parameters = new Parameters();
        for (Word word : line.words()) {
            if (word.text().indexOf('=') >= 0) {
                parameters.add(word.text());
            } else if (balancer == null) {
                balancer = word.text();
            } else if (url == null) {
                url = word.text();
            } else {
                throw new BadArgument(
                        section == null
                                ? "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'"
                                : "BalancerMember can not have a balancer name when defined in a location");
            }
        }
        if (balancer == null) {
            throw new BadArgument("BalancerMember must define balancer name when outside <Proxy > section");
        }
        if (url == null) {
            throw new BadArgument("BalancerMember must define remote proxy server");
        }
        member(url, parameters, named(balancer.toLowerCase(Locale.ROOT), "BalancerMember "), line, scope);
    }

    private static void member(String url, Parameters parameters, String balancer, Line line, Scope scope)
            throws BadArgument {
        String complaint = WorkerLine.complaint(url);
        String shared = complaint == null ? shared(url, balancer, scope) : null;
        if (complaint == null && shared == null) {
            complaint = parameters.complaint(WorkerParameters.Reader.ofMember(), scope);
        }
        if (complaint != null) {
            throw new BadArgument("BalancerMember " + complaint);
        }
        if (shared == null) {
            WorkerLine member =
                    new WorkerLine(url, parameters.expanded(scope), false, ProxyLines.isMain(scope.place()));
            ProxyLines.noteWithoutEffect(member, line, scope);
            give(new BalancerLine(balancer, null, member, List.of(), member.fromMain()), line, scope);
            return;
        }
        for (WorkerLine.Parameter each : parameters.all()) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "AH01150: Ignoring parameter '" + each.key() + "=" + each.value() + "' for worker '" + shared
                            + "' because of worker sharing");
        }
    }

    /** The member before it whose name {@code url} begins with, the one with the longest name; null where there is none. */
    private static @Nullable String shared(String url, String balancer, Scope scope) {
        String name = Workers.name(url);
        return given(scope).stream()
                .filter(each -> each.name().equals(balancer))
                .map(BalancerLine::member)
                .filter(each -> each != null)
                .map(each -> Workers.name(each.url()))
                .filter(each -> Workers.serves(each, name))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
    }

    /** ProxyPass to a balancer, which it makes where no line before did. */
    static void pass(String path, String url, Parameters parameters, Line line, Scope scope) throws BadArgument {
        String name = named(url, "ProxyPass ");
        BalancerParameters.Reader reader = reader(scope);
        for (WorkerLine.Parameter each : parameters.all()) {
            String complaint = reader.set(each.key(), each.value());
            if (complaint != null) {
                throw new BadArgument("ProxyPass " + complaint);
            }
        }
        give(new BalancerLine(name, path, null, parameters.all(), ProxyLines.isMain(scope.place())), line, scope);
    }

    /**
     * Parameters of a balancer from {@code words}, one after the other: those before a wrong one count.
     *
     * @param prefix what stands before a complaint
     * @param form the complaint about a word without a value
     */
    static void set(String url, List<Word> words, String prefix, String form, Line line, Scope scope)
            throws BadArgument {
        String name = named(url, prefix.equals("ProxySet: ") ? "ProxySet " : prefix);
        BalancerParameters.Reader reader = reader(scope);
        Parameters parameters = new Parameters();
        for (Word word : words) {
            if (word.text().indexOf('=') < 0) {
                throw new BadArgument(form);
            }
            WorkerLine.Parameter each = parameters.add(word.text());
            String complaint = reader.set(each.key(), each.value());
            if (complaint != null) {
                throw new BadArgument(prefix + complaint + " " + each.key() + "=" + each.value() + "; " + url);
            }
        }
        give(new BalancerLine(name, null, null, parameters.all(), ProxyLines.isMain(scope.place())), line, scope);
    }

    private static String named(String url, String prefix) throws BadArgument {
        String complaint = BalancerLine.complaint(url);
        if (complaint != null) {
            throw new BadArgument(prefix + complaint);
        }
        return String.valueOf(BalancerLine.nameOf(url));
    }

    /** Whether a line before, of the same server, made the balancer. */
    static boolean isKnown(String url, Scope scope) {
        String name = BalancerLine.nameOf(url);
        return given(scope).stream().anyMatch(each -> each.name().equals(name));
    }

    private static List<BalancerLine> given(Scope scope) {
        List<BalancerLine> given = scope.givenByServer(ProxyModule.BALANCERS);
        return given == null ? List.of() : given;
    }

    private static void give(BalancerLine balancer, Line line, Scope scope) {
        scope.giveServer(ProxyModule.BALANCERS, List.of(balancer), line.span());
    }

    private static BalancerParameters.Reader reader(Scope scope) {
        return new BalancerParameters.Reader(method -> scope.isLoaded("lbmethod_" + method + "_module"));
    }
}
