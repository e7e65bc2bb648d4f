package dev.sluice.modules.proxy.balancer;

import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A balancer of one server: who its members are, and who gets the next request. Any thread. */
public final class Balancer {
    private final String name;
    private final String path;
    private final Members members;
    private final String nonce;
    private final int mostMembers;
    private final Function<String, @Nullable LbMethod> methods;
    private final ErrorLog log;
    private volatile BalancerParameters parameters;
    private volatile LbMethod method;
    private volatile @Nullable Integer maxAttempts;

    /**
     * @param name {@code balancer://x}
     * @param path the path that is mapped to it, for people
     * @param growth how many members may be added
     * @param methods the load balancing methods of the loaded modules, by name
     */
    public Balancer(
            String name,
            String path,
            BalancerParameters parameters,
            Members members,
            int growth,
            Function<String, @Nullable LbMethod> methods,
            ErrorLog log) {
        this.name = name;
        this.path = path;
        this.members = members;
        this.parameters = parameters;
        this.methods = methods;
        this.log = log;
        this.method = method(parameters.lbMethod());
        int count = members.all().size();
        this.mostMembers = count + growth;
        String given = parameters.nonce();
        this.nonce = given == null ? UUID.randomUUID().toString() : given;
        Integer attempts = parameters.maxAttempts();
        this.maxAttempts = attempts == null && count > 1 ? Integer.valueOf(count - 1) : attempts;
    }

    private LbMethod method(String called) {
        LbMethod found = methods.apply(called);
        if (found == null) {
            throw new IllegalStateException("lbmethod: " + called + " (expected: one of a loaded module)");
        }
        return found;
    }

    public String name() {
        return name;
    }

    /** The name without {@code balancer://}. */
    public String shortName() {
        return name.substring("balancer://".length());
    }

    public String path() {
        return path;
    }

    public BalancerParameters parameters() {
        return parameters;
    }

    public LbMethod method() {
        return method;
    }

    public List<Member> members() {
        return members.all();
    }

    public int mostMembers() {
        return mostMembers;
    }

    public String nonce() {
        return nonce;
    }

    void parameters(BalancerParameters changed) {
        parameters = changed;
    }

    /** Chooses by the method {@code called} so, where a loaded module has it, from a fresh start. */
    void chooseBy(String called) {
        LbMethod other = called.equals(method.name()) ? null : methods.apply(called);
        if (other != null) {
            method = other;
            reset();
        }
    }

    void maxAttempts(int most) {
        maxAttempts = most;
    }

    /** Adds a member, which is not asked until somebody enables it; false where there is no room for it. */
    public boolean add(Member member) {
        synchronized (members) {
            if (members.all().size() >= mostMembers) {
                return false;
            }
            member.state().set(WorkerStatus.DISABLED, true);
            members.add(member);
            return true;
        }
    }

    /** Nobody is owed anything. */
    void reset() {
        synchronized (members) {
            members.all().forEach(member -> member.lbStatus(0));
        }
    }

    /** Weights have changed: all are owed what they weigh (recalc_factors). */
    void recalculate() {
        synchronized (members) {
            List<Member> all = members.all();
            if (all.size() == 1) {
                all.get(0).loadFactor(100);
            }
            all.forEach(member -> member.lbStatus(member.loadFactor()));
        }
    }

    /** How many more members are tried where one cannot be asked; null: that was never settled, as there is only one. */
    public @Nullable Integer maxAttempts() {
        return maxAttempts;
    }

    /** The member of that name; null where there is none. */
    public @Nullable Member member(String called) {
        for (Member each : members.all()) {
            if (each.name().equals(called)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Whom a request goes to.
     *
     * @param member null where there is none
     * @param changed whether the session is not where its route says
     * @param complaint why there is none; empty where there is one
     * @param mayCome whether somebody who can be asked may come in the time of {@code timeout}
     */
    public record Choice(
            @Nullable Member member, @Nullable Session session, boolean changed, String complaint, boolean mayCome) {}

    /** Chooses the member for a request of {@code session} (proxy_balancer_pre_request). */
    public Choice choose(@Nullable Session session) {
        synchronized (members) {
            List<Member> all = members.all();
            forceRecovery(all);
            Member ofSession = session == null || session.route().isEmpty() ? null : ofRoute(all, session.route(), 1);
            if (session != null && ofSession != null) {
                payFor(ofSession, all);
                ofSession.electedNow();
                return new Choice(ofSession, session, !ofSession.route().equals(session.route()), "", false);
            }
            if (session != null && parameters.noFailover() && hasRoute(all, session.route())) {
                String complaint =
                        "AH01167: " + name + ": All workers are in error state for route (" + session.route() + ")";
                return new Choice(null, session, false, complaint, false);
            }
            Member best = method.choose(all);
            if (best == null) {
                String complaint = all.isEmpty()
                        ? "AH01171: " + name + ": No workers in balancer"
                        : "AH01170: " + name + ": All workers are in error state";
                return new Choice(null, session, false, complaint, true);
            }
            best.electedNow();
            return new Choice(best, session, !parameters.sticky().isEmpty(), "", false);
        }
    }

    /** Where all are in error, all are tried again, unless {@code forcerecovery=Off}. */
    private void forceRecovery(List<Member> all) {
        for (int i = 0; i < all.size(); i++) {
            Member member = all.get(i);
            if (!inError(member) || (member.state().retry() && !inError(member))) {
                return;
            }
        }
        if (!parameters.forceRecovery()) {
            return;
        }
        for (Member member : all) {
            member.state().recover();
            if (log.keeps(Level.DEBUG, "proxy_balancer")) {
                log.log(
                        Level.DEBUG,
                        "proxy_balancer",
                        "AH01165: " + name + ": Forcing recovery for worker ("
                                + member.worker().host() + ")");
            }
        }
    }

    private static boolean inError(Member member) {
        return member.state().is(WorkerStatus.IN_ERROR);
    }

    /** Regular members come first, then standbys; one that cannot be asked hands over to its redirect. */
    private static @Nullable Member ofRoute(List<Member> all, String route, int depth) {
        for (int round = 0; round < 2; round++) {
            boolean standbys = round == 1;
            for (int i = 0; i < all.size(); i++) {
                Member member = all.get(i);
                if (member.isStandby() != standbys || !member.route().equals(route)) {
                    continue;
                }
                Member found = usable(member, all, depth);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable Member usable(Member member, List<Member> all, int depth) {
        if (member.isUsable() || (member.state().retry() && member.isUsable())) {
            return member;
        }
        return member.redirect().isEmpty() || depth >= all.size() ? null : ofRoute(all, member.redirect(), depth + 1);
    }

    private static boolean hasRoute(List<Member> all, String route) {
        for (int i = 0; i < all.size(); i++) {
            String known = all.get(i).route();
            if (!known.isEmpty() && known.equals(route)) {
                return true;
            }
        }
        return false;
    }

    /** Requests of sessions count, too, in what members are owed. */
    private static void payFor(Member chosen, List<Member> all) {
        int owed = 0;
        for (int i = 0; i < all.size(); i++) {
            Member member = all.get(i);
            if (member.isUsable()) {
                member.lbStatus(member.lbStatus() + member.loadFactor());
                owed += member.loadFactor();
            }
        }
        chosen.lbStatus(chosen.lbStatus() - owed);
    }

    @Override
    public String toString() {
        return name;
    }
}
