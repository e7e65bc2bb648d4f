package dev.sluice.modules.proxy.balancer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a balancer chooses among its members. Called under the lock of {@link Members}. */
public interface LbMethod {
    /** As {@code lbmethod=} names it. */
    String name();

    /** The member that gets the next request; null where none can be asked. */
    @Nullable
    Member choose(List<Member> members);

    /** The method of that name, of those that need nothing but the members; null for another name. */
    static @Nullable LbMethod named(String name) {
        return switch (name) {
            case "byrequests" -> Election.BY_REQUESTS;
            case "bytraffic" -> Election.BY_TRAFFIC;
            case "bybusyness" -> Election.BY_BUSYNESS;
            default -> null;
        };
    }
}
