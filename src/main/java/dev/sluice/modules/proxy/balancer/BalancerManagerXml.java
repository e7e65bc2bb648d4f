package dev.sluice.modules.proxy.balancer;

import dev.sluice.modules.proxy.WorkerParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the balancer-manager says with {@code xml=1}: httpd's elements in httpd's order. */
public final class BalancerManagerXml {
    private static final DateTimeFormatter RFC822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(4096);

    private BalancerManagerXml() {}

    public static String of(Collection<Balancer> balancers) {
        BalancerManagerXml xml = new BalancerManagerXml();
        xml.out.append("<?xml version='1.0' encoding='UTF-8' ?>\n");
        xml.out.append("<httpd:manager xmlns:httpd='http://httpd.apache.org'>\n  <httpd:balancers>\n");
        balancers.forEach(xml::balancer);
        return xml.out.append("  </httpd:balancers>\n</httpd:manager>").toString();
    }

    private void element(int depth, String name, Object content) {
        open(depth, name, content).append('\n');
    }

    private StringBuilder open(int depth, String name, Object content) {
        String text = BalancerManagerPage.escaped(String.valueOf(content));
        return out.append("  ".repeat(depth))
                .append("<httpd:")
                .append(name)
                .append('>')
                .append(text)
                .append("</httpd:")
                .append(name)
                .append('>');
    }

    private void balancer(Balancer balancer) {
        BalancerParameters parameters = balancer.parameters();
        out.append("    <httpd:balancer>\n");
        element(3, "name", balancer.name());
        element(3, "nonce", balancer.nonce());
        if (!parameters.sticky().isEmpty()) {
            element(3, "stickysession", parameters.sticky());
            element(3, "nofailover", parameters.noFailover() ? "On" : "Off");
        }
        // httpd breaks no line here.
        open(3, "timeout", parameters.timeout().toSeconds());
        Integer attempts = balancer.maxAttempts();
        if (attempts != null) {
            element(3, "maxattempts", attempts);
        }
        element(3, "lbmethod", balancer.method().name());
        if (!parameters.sticky().isEmpty()) {
            element(3, "scolonpathdelim", parameters.semicolons() ? "On" : "Off");
        }
        out.append("      <httpd:workers>\n");
        for (Member member : balancer.members()) {
            out.append("        <httpd:worker>\n");
            worker(member, member.worker().parameters());
            state(member);
            last(member.worker().parameters());
            out.append("        </httpd:worker>\n");
        }
        out.append("      </httpd:workers>\n    </httpd:balancer>\n");
    }

    private void worker(Member member, WorkerParameters parameters) {
        element(5, "name", member.name());
        element(5, "scheme", member.worker().url().scheme());
        element(5, "hostname", member.worker().host());
        element(5, "loadfactor", BalancerManagerPage.factor(member.loadFactor()));
        element(5, "port", member.worker().url().port());
        element(5, "min", parameters.min());
        element(5, "smax", parameters.smax() < 0 ? parameters.max() : parameters.smax());
        element(5, "max", parameters.max());
        element(5, "ttl", seconds(parameters.ttl()));
        if (parameters.timeout() != null) {
            element(5, "timeout", seconds(parameters.timeout()));
        }
        if (parameters.acquire() != null) {
            element(5, "acquire", millis(parameters.acquire()));
        }
        if (parameters.keepAlive()) {
            element(5, "keepalive", "On");
        }
    }

    private static long seconds(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toSeconds();
    }

    /** Those behind the full seconds (apr_time_msec). */
    private static long millis(Duration duration) {
        return duration.toMillis() % 1000;
    }

    private void state(Member member) {
        element(5, "status", member.state().shown());
        if (member.state().errorMillis() > 0) {
            element(
                    5,
                    "error_time",
                    RFC822.format(Instant.ofEpochMilli(member.state().errorMillis())));
        }
        element(5, "retries", member.state().retries());
        element(5, "lbstatus", member.lbStatus());
        element(5, "loadfactor", BalancerManagerPage.factor(member.loadFactor()));
        element(5, "transferred", member.sent());
        element(5, "read", member.received());
        element(5, "elected", member.elected());
        element(5, "route", member.route());
        element(5, "redirect", member.redirect());
        element(5, "busy", member.busy());
        element(5, "lbset", member.lbSet());
    }

    private void last(WorkerParameters parameters) {
        if (!parameters.reuse()) {
            element(3, "disablereuse", "On");
        }
        if (parameters.connectionTimeout() != null) {
            element(5, "connectiontimeout", millis(parameters.connectionTimeout()));
        }
        if (!parameters.retry().equals(Duration.ofSeconds(60))) {
            element(5, "retry", parameters.retry().toSeconds());
        }
    }
}
