package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.balancer.Balancer;
import dev.sluice.modules.proxy.balancer.BalancerParameters;
import dev.sluice.modules.proxy.balancer.LbMethod;
import dev.sluice.modules.proxy.balancer.Member;
import dev.sluice.modules.proxy.balancer.Members;
import dev.sluice.request.ErrorLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The balancers of one server, in the order of their first lines. Any thread. */
final class Balancers {
    static final Balancers NONE = new Balancers(Map.of(), Map.of(), null);

    private final Map<String, Balancer> all;
    private final Map<String, Members> own;
    private final @Nullable Making making;

    private Balancers(Map<String, Balancer> all, Map<String, Members> own, @Nullable Making making) {
        this.making = making;
        this.all = all;
        this.own = own;
    }

    /** What it takes to make the balancers of a server. */
    record Making(ProxySettings settings, Function<String, @Nullable LbMethod> methods, ErrorLog log) {}

    private static final class Draft {
        private final List<WorkerLine.Parameter> parameters = new ArrayList<>();
        private final List<WorkerLine> members = new ArrayList<>();
        private String path = "/";
    }

    /**
     * Makes the balancers that {@code lines} name. Those of the main server that a virtual host has lines of, too, have the
     * parameters of both and the main server's members; what a host adds to them counts for nothing (merge_balancers,
     * mod_proxy.c).
     *
     * @param lines the server's own; for a virtual host that inherits, behind those of the main server
     * @param main null for the main server, and for a host that does not inherit
     */
    static Balancers of(List<BalancerLine> lines, boolean isMain, @Nullable Balancers main, Making making) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (BalancerLine line : lines) {
            if (line.fromMain() == isMain) {
                drafts.computeIfAbsent(line.name(), name -> new Draft());
            }
        }
        for (BalancerLine line : lines) {
            if (line.fromMain() == isMain || main != null) {
                add(line, isMain, drafts.computeIfAbsent(line.name(), name -> new Draft()));
            }
        }
        Map<String, Balancer> made = new LinkedHashMap<>();
        Map<String, Members> own = new HashMap<>();
        drafts.forEach((name, draft) -> {
            Members inherited = main == null ? null : main.own.get(name);
            Members members = inherited == null ? members(draft, making) : inherited;
            if (inherited == null) {
                own.put(name, members);
            }
            made.put(name, balancer(name, draft, members, making));
        });
        return new Balancers(made, own, making);
    }

    private static Members members(Draft draft, Making making) {
        return new Members(draft.members.stream()
                .map(line -> new Member(Workers.member(line, making.settings, making.log)))
                .toList());
    }

    private static void add(BalancerLine line, boolean isMain, Draft draft) {
        String path = line.path();
        if (path != null) {
            draft.path = path;
        }
        draft.parameters.addAll(line.parameters());
        WorkerLine member = line.member();
        if (member != null && line.fromMain() == isMain) {
            draft.members.add(member);
        }
    }

    private static Balancer balancer(String name, Draft draft, Members members, Making making) {
        BalancerParameters.Reader reader = new BalancerParameters.Reader(method -> true);
        draft.parameters.forEach(each -> reader.set(each.key(), each.value()));
        BalancerParameters parameters = reader.parameters();
        Integer growth = parameters.growth();
        return new Balancer(
                name, draft.path, parameters, members, growth == null ? 0 : growth, making.methods, making.log);
    }

    /** The balancer called {@code balancer://x}, in any case; null where there is none. */
    @Nullable
    Balancer named(String name) {
        return all.get(name.toLowerCase(Locale.ROOT));
    }

    /** Adds a member while serving; false where {@code url} is none, is one already, or there is no room. */
    boolean add(Balancer balancer, String url) {
        WorkerLine line = new WorkerLine(url, List.of(), false, true);
        Making how = making;
        if (how == null || WorkerLine.complaint(url) != null || balancer.member(Workers.name(url)) != null) {
            return false;
        }
        Worker worker = Workers.member(line, how.settings, how.log);
        return balancer.add(new Member(worker)) || close(worker);
    }

    private static boolean close(Worker worker) {
        worker.close();
        return false;
    }

    /** The balancer that {@code url} is for; null where there is none. */
    @Nullable
    Balancer of(ProxyUrl url) {
        return all.isEmpty() || !url.scheme().equals("balancer") ? null : all.get(url.origin());
    }

    /** The names of the members of {@code balancer://x}; empty where it is no balancer's name. */
    List<String> memberNames(String balancer) {
        String name = BalancerLine.nameOf(balancer);
        Balancer known = name == null ? null : all.get(name);
        return known == null
                ? List.of()
                : known.members().stream().map(Member::name).toList();
    }

    Collection<Balancer> all() {
        return all.values();
    }

    void close() {
        for (Members members : own.values()) {
            members.all().forEach(member -> member.worker().close());
        }
    }
}
