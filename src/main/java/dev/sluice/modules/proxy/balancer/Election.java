package dev.sluice.modules.proxy.balancer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the members of one set ({@code lbset}) after the other. A spare stands in for each member that cannot be asked, a
 * standby where nobody else can be (ap_proxy_balancer_get_best_worker, proxy_util.c).
 */
abstract class Election implements LbMethod {
    /** As many requests as their weights say: the most urgent one, by what each is owed. */
    static final LbMethod BY_REQUESTS = new Weighted("byrequests") {
        @Override
        boolean isBetter(Member member, Member best) {
            return member.lbStatus() > best.lbStatus();
        }
    };

    /** The fewest requests under way; among equals the most urgent one. */
    static final LbMethod BY_BUSYNESS = new Weighted("bybusyness") {
        @Override
        boolean isBetter(Member member, Member best) {
            int busy = Integer.compare(member.busy(), best.busy());
            return busy < 0 || (busy == 0 && member.lbStatus() > best.lbStatus());
        }
    };

    /** The fewest bytes for its weight. */
    static final LbMethod BY_TRAFFIC = new Election("bytraffic") {
        @Override
        boolean isBetter(Member member, Member best) {
            return traffic(member) < traffic(best);
        }

        private long traffic(Member member) {
            return member.sent() / member.loadFactor() + member.received() / member.loadFactor();
        }
    };

    private final String name;

    private Election(String name) {
        this.name = name;
    }

    /** One election. */
    private static final class Ballot {
        private @Nullable Member best;
        private int owed;
    }

    /** Each candidate is owed its weight, and the chosen one pays for all. */
    private abstract static class Weighted extends Election {
        Weighted(String name) {
            super(name);
        }

        @Override
        final int owes(Member member) {
            member.lbStatus(member.lbStatus() + member.loadFactor());
            return member.loadFactor();
        }
    }

    @Override
    public final String name() {
        return name;
    }

    abstract boolean isBetter(Member member, Member best);

    /** Counts a candidate's claim before it is compared; what the chosen one pays for it. */
    int owes(Member member) {
        return 0;
    }

    @Override
    public final @Nullable Member choose(List<Member> members) {
        Ballot ballot = new Ballot();
        int last = 0;
        for (int i = 0; i < members.size(); i++) {
            last = Math.max(last, members.get(i).lbSet());
        }
        for (int set = 0; set <= last && ballot.best == null; set++) {
            ofSet(members, set, ballot);
        }
        Member best = ballot.best;
        if (best != null) {
            best.lbStatus(best.lbStatus() - ballot.owed);
        }
        return best;
    }

    private void ofSet(List<Member> members, int set, Ballot ballot) {
        int unusable = 0;
        List<Member> spares = List.of();
        List<Member> standbys = List.of();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.lbSet() != set) {
                continue;
            }
            if (!mayBeAsked(member)) {
                unusable += member.isSpare() || member.isStandby() ? 0 : 1;
            } else if (member.isSpare()) {
                spares = with(spares, member);
            } else if (member.isStandby()) {
                standbys = with(standbys, member);
            } else {
                ask(member, ballot);
            }
        }
        for (int i = 0; i < spares.size() && i < unusable; i++) {
            ask(spares.get(i), ballot);
        }
        if (ballot.best == null) {
            for (int i = 0; i < standbys.size(); i++) {
                ask(standbys.get(i), ballot);
            }
        }
    }

    private static boolean mayBeAsked(Member member) {
        if (member.isDraining()) {
            return false;
        }
        if (!member.isUsable()) {
            member.state().retry();
        }
        return member.isUsable();
    }

    private static List<Member> with(List<Member> some, Member another) {
        List<Member> all = some.isEmpty() ? new ArrayList<>(2) : some;
        all.add(another);
        return all;
    }

    private void ask(Member member, Ballot ballot) {
        ballot.owed += owes(member);
        Member best = ballot.best;
        if (best == null || isBetter(member, best)) {
            ballot.best = member;
        }
    }
}
