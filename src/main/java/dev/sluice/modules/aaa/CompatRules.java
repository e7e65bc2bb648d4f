package dev.sluice.modules.aaa;

import dev.sluice.directive.Scope.Methods;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.request.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a section say. A section that has one such line forgets all that sections around it said: the module
 * has no merge function in httpd.
 */
record CompatRules(
        List<Limited<Order>> orders,
        List<Limited<Client>> allows,
        List<Limited<Client>> denies,
        List<Limited<Boolean>> satisfyAny) {
    enum Order {
        DENY_ALLOW,
        ALLOW_DENY,
        MUTUAL_FAILURE
    }

    enum Decision {
        ALLOWED,
        DENIED,
        /** A name has to be looked up, which would block the I/O thread. */
        ON_WORKER
    }

    /** {@code methods} are those of the Limit around the line; null for all. */
    record Limited<T>(@Nullable Methods methods, T value) {
        boolean concerns(String method) {
            return methods == null || methods.include(method);
        }
    }

    /** One word behind {@code from}. */
    @FunctionalInterface
    interface Client {
        Decision matches(Request request);
    }

    static final CompatRules NONE = new CompatRules(List.of(), List.of(), List.of(), List.of());

    static final Setting<CompatRules> SETTING =
            Setting.perDirectory("Order", NONE, CompatRules::line).inheriting(Merge.own());

    boolean isEmpty() {
        return orders.isEmpty() && allows.isEmpty() && denies.isEmpty() && satisfyAny.isEmpty();
    }

    private CompatRules line(CompatRules later) {
        return new CompatRules(
                joined(orders, later.orders),
                joined(allows, later.allows),
                joined(denies, later.denies),
                joined(satisfyAny, later.satisfyAny));
    }

    private static <T> List<T> joined(List<T> before, List<T> later) {
        if (later.isEmpty()) {
            return before;
        }
        List<T> all = new ArrayList<>(before);
        all.addAll(later);
        return List.copyOf(all);
    }

    boolean satisfiesAny(String method) {
        return last(satisfyAny, method, false);
    }

    /** What the last line that concerns {@code method} says. */
    private static <T> T last(List<Limited<T>> lines, String method, T absent) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).concerns(method)) {
                return lines.get(i).value();
            }
        }
        return absent;
    }

    /** check_dir_access of mod_access_compat.c. */
    Decision decide(Request request) {
        String method = request.method();
        Order order = last(orders, method, Order.DENY_ALLOW);
        Decision allow = find(allows, method, request);
        Decision deny = find(denies, method, request);
        if (allow == Decision.ON_WORKER || deny == Decision.ON_WORKER) {
            return Decision.ON_WORKER;
        }
        boolean allowed = allow == Decision.ALLOWED;
        boolean denied = deny == Decision.ALLOWED;
        boolean passes = order == Order.DENY_ALLOW ? allowed || !denied : allowed && !denied;
        return passes ? Decision.ALLOWED : Decision.DENIED;
    }

    private static Decision find(List<Limited<Client>> clients, String method, Request request) {
        for (Limited<Client> client : clients) {
            if (client.concerns(method)) {
                Decision matches = client.value().matches(request);
                if (matches != Decision.DENIED) {
                    return matches;
                }
            }
        }
        return Decision.DENIED;
    }
}
