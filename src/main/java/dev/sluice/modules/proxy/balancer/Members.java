package dev.sluice.modules.proxy.balancer;

import java.util.ArrayList;
import java.util.List;

/** The members of a balancer, which virtual hosts that inherit it share. It is the lock of elections among them. */
public final class Members {
    private volatile List<Member> all;

    public Members(List<Member> all) {
        this.all = List.copyOf(all);
    }

    public List<Member> all() {
        return all;
    }

    synchronized void add(Member member) {
        List<Member> grown = new ArrayList<>(all);
        grown.add(member);
        all = List.copyOf(grown);
    }
}
