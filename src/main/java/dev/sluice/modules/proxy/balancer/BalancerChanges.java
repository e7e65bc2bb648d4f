package dev.sluice.modules.proxy.balancer;

import dev.sluice.directive.Reading;
import dev.sluice.modules.proxy.WorkerState;
import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.modules.proxy.hcheck.HealthCheck;
import dev.sluice.modules.proxy.hcheck.HealthCheckLines;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the forms of the balancer-manager change; what they say that may not be is left as it was
 * (balancer_process_balancer_worker, mod_proxy_balancer.c).
 */
public final class BalancerChanges {
    private static final int MAX_NAME = 64;

    /** Seconds. */
    private static final int MAX_TIMEOUT = 7200;

    private static final Map<String, WorkerStatus> STATUSES = Map.of(
            "w_status_I", WorkerStatus.IGNORE_ERRORS,
            "w_status_N", WorkerStatus.DRAIN,
            "w_status_D", WorkerStatus.DISABLED,
            "w_status_H", WorkerStatus.HOT_STANDBY,
            "w_status_R", WorkerStatus.HOT_SPARE,
            "w_status_S", WorkerStatus.STOPPED,
            "w_status_C", WorkerStatus.HEALTH_FAILED);

    private BalancerChanges() {}

    /** @param conditions the names of ProxyHCExpr, in lower case */
    public static void apply(
            Balancer balancer, Member member, Map<String, String> asked, Collection<String> conditions) {
        double factor = decimal(asked.get("w_lf")) * 100;
        if (factor >= 100 && factor <= 10000) {
            member.loadFactor((int) factor);
            balancer.recalculate();
        }
        String route = asked.get("w_wr");
        if (route != null) {
            member.route(route.length() < MAX_NAME ? route : "");
        }
        String redirect = asked.get("w_rr");
        if (redirect != null) {
            member.redirect(redirect.length() < MAX_NAME ? redirect : "");
        }
        WorkerState state = member.state();
        STATUSES.forEach((name, status) -> {
            String value = asked.get(name);
            if (value != null) {
                state.set(status, Reading.atoi(value) != 0);
            }
        });
        String set = asked.get("w_ls");
        if (set != null && Reading.atoi(set) >= 0 && Reading.atoi(set) <= 99) {
            member.lbSet(Reading.atoi(set));
        }
        health(member, asked, conditions);
    }

    private static double decimal(@Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void health(Member member, Map<String, String> asked, Collection<String> conditions) {
        HealthCheck check = member.healthCheck();
        String interval = asked.get("w_hi");
        Duration read = interval == null ? null : HealthCheckLines.millis(interval);
        if (read != null && read.compareTo(HealthCheck.SHORTEST) >= 0) {
            check = check.every(read);
        }
        for (Map.Entry<String, String> each :
                Map.of("w_hp", "hcpasses", "w_hf", "hcfails").entrySet()) {
            String value = asked.get(each.getKey());
            if (value != null && Reading.atoi(value) >= 1) {
                check = check.with(each.getValue(), value);
            }
        }
        String method = asked.get("w_hm");
        HealthCheck.Method named = method == null ? null : HealthCheck.Method.of(method);
        if (method != null && named != null && named.isImplemented()) {
            check = check.with("hcmethod", method);
        }
        if (asked.containsKey("w_hu")) {
            check = check.with("hcuri", asked.get("w_hu"));
        }
        String condition = asked.get("w_he");
        if (condition != null) {
            boolean known = conditions.contains(condition.toLowerCase(Locale.ROOT));
            check = check.with("hcexpr", known ? condition : "");
        }
        if (check.method() == HealthCheck.Method.NONE || check.method() == HealthCheck.Method.TCP) {
            check = check.with("hcexpr", "");
        }
        member.healthCheck(check);
    }

    public static void apply(Balancer balancer, Map<String, String> asked) {
        String method = asked.get("b_lbm");
        if (method != null) {
            balancer.chooseBy(method);
        }
        BalancerParameters parameters = balancer.parameters();
        String timeout = asked.get("b_tmo");
        int seconds = timeout == null ? -1 : Reading.atoi(timeout);
        String force = asked.get("b_sforce");
        String sticky = asked.get("b_ss");
        balancer.parameters(parameters.changed(
                sticky == null || sticky.isEmpty() ? null : sticky.equals("-") ? "" : sticky,
                force == null ? parameters.noFailover() : Reading.atoi(force) != 0,
                seconds >= 0 && seconds <= MAX_TIMEOUT ? Duration.ofSeconds(seconds) : parameters.timeout()));
        String attempts = asked.get("b_max");
        if (attempts != null && Reading.atoi(attempts) >= 0 && Reading.atoi(attempts) <= 99) {
            balancer.maxAttempts(Reading.atoi(attempts));
        }
    }
}
