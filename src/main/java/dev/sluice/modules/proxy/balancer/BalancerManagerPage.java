package dev.sluice.modules.proxy.balancer;

import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.modules.proxy.hcheck.HealthCheck;
import dev.sluice.modules.proxy.hcheck.HealthCondition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of the balancer-manager, with the fields that httpd's has, for people and for programs that read it
 * (balancer_display_page, mod_proxy_balancer.c).
 */
public final class BalancerManagerPage {
    private static final String STYLE =
            """
            <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
            <html><head><title>Balancer Manager</title>
            <style type='text/css'>
            """
                    + rule("table", "border-spacing: 3px", "solid", "border-collapse: collapse", "white")
                    + rule("th", "padding: 2px", "dotted", "", "lightgray")
                    + rule("td", "padding: 2px", "dotted", "", "white")
                    + "</style>\n</head>\n";

    private final Server server;
    private final StringBuilder out = new StringBuilder(4096);

    /**
     * What the page says of the server.
     *
     * @param name as the client called it
     * @param path of the page itself, escaped
     * @param url of the page itself
     * @param built when the server was built
     * @param conditions of ProxyHCExpr; null where mod_proxy_hcheck is not loaded
     * @param methods the load balancing methods there are
     * @param id what names of balancers are told apart by
     * @param signature the last line, empty for none
     */
    public record Server(
            String name,
            String path,
            String url,
            String version,
            String built,
            boolean persists,
            boolean inherits,
            boolean inheritsPasses,
            @Nullable Map<String, HealthCondition> conditions,
            List<String> methods,
            String id,
            String signature) {}

    private BalancerManagerPage(Server server) {
        this.server = server;
    }

    /** The page; with the form of a member or of a balancer where one is chosen. */
    public static String of(
            Server server, Collection<Balancer> balancers, @Nullable Balancer chosen, @Nullable Member member) {
        BalancerManagerPage page = new BalancerManagerPage(server);
        page.head();
        balancers.forEach(page::balancer);
        page.out.append("<hr />\n");
        page.conditions();
        if (chosen != null && member != null) {
            page.memberForm(chosen, member);
        } else if (chosen != null) {
            page.balancerForm(chosen);
        }
        return page.out.append(server.signature).append("</body></html>\n").toString();
    }

    private static String rule(String element, String spacing, String style, String collapse, String color) {
        return element + " {\n border-width: 1px;\n " + spacing + ";\n border-style: " + style
                + ";\n border-color: gray;\n" + (collapse.isEmpty() ? "" : " " + collapse + ";\n")
                + " background-color: " + color + ";\n text-align: center;\n}\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void head() {
        out.append(STYLE)
                .append("<body><h1>Load Balancer Manager for ")
                .append(escaped(server.name))
                .append("</h1>\n\n<dl>");
        term("Server Version: " + server.version).append('\n');
        term("Server Built: " + server.built).append('\n');
        term("Balancer changes will " + (server.persists ? "" : "NOT ") + "be persisted on restart.");
        term("Balancers are " + (server.inherits ? "" : "NOT ") + "inherited from main server.");
        term("ProxyPass settings are " + (server.inheritsPasses ? "" : "NOT ") + "inherited from main server.");
        out.append("</dl>\n");
    }

    private StringBuilder term(String text) {
        return out.append("<dt>").append(text).append("</dt>");
    }

    private void heads(String... titles) {
        for (String title : titles) {
            out.append("<th>").append(title).append("</th>");
        }
    }

    private StringBuilder cell(Object content) {
        return out.append("<td>").append(content).append("</td>");
    }

    private void balancer(Balancer balancer) {
        BalancerParameters parameters = balancer.parameters();
        out.append("<hr />\n<h3>LoadBalancer Status for <a href=\"")
                .append(server.path)
                .append("?b=");
        out.append(escaped(balancer.shortName())).append("&amp;nonce=").append(escaped(balancer.nonce()));
        out.append("\">").append(escaped(balancer.name())).append("</a> [");
        out.append(server.id).append('_').append(balancer.shortName().replaceAll("[^A-Za-z0-9]", "_"));
        out.append("]</h3>\n\n\n<table><tr>");
        heads(
                "MaxMembers",
                "StickySession",
                "DisableFailover",
                "Timeout",
                "FailoverAttempts",
                "Method",
                "Path",
                "Active");
        out.append("</tr>\n<tr>");
        cell(balancer.mostMembers() + " [" + balancer.members().size() + " Used]")
                .append('\n');
        cell(parameters.sticky().isEmpty() ? " (None) " : sticky(parameters));
        cell(parameters.noFailover() ? "On" : "Off").append('\n');
        Integer attempts = balancer.maxAttempts();
        cell(parameters.timeout().toSeconds());
        cell(attempts == null ? 0 : attempts).append('\n');
        cell(balancer.method().name()).append('\n');
        cell(escaped(balancer.path())).append('\n');
        cell("Yes").append("\n</tr>\n</table>\n<br />\n\n<table><tr>");
        heads("Worker URL", "Route", "RouteRedir", "Factor", "Set", "Status", "Elected", "Busy", "Load", "To", "From");
        if (server.conditions != null) {
            heads("HC Method", "HC Interval", "Passes", "Fails", "HC uri", "HC Expr");
        }
        out.append("</tr>\n");
        balancer.members().forEach(member -> member(balancer, member));
        out.append("</table>\n");
    }

    private static String sticky(BalancerParameters parameters) {
        boolean two = !parameters.sticky().equals(parameters.stickyPath());
        return escaped(two ? parameters.sticky() + "|" + parameters.stickyPath() : parameters.sticky());
    }

    static String factor(int hundredths) {
        return String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
    }

    private void member(Balancer balancer, Member member) {
        out.append("<tr>\n<td><a href=\"").append(server.path).append("?b=").append(escaped(balancer.shortName()));
        out.append("&amp;w=")
                .append(escaped(member.name()))
                .append("&amp;nonce=")
                .append(escaped(balancer.nonce()));
        out.append("\">").append(escaped(member.name())).append("</a></td>");
        cell(escaped(member.route()));
        cell(escaped(member.redirect()));
        cell(factor(member.loadFactor()));
        cell(member.lbSet());
        cell(member.state().shown());
        cell(member.elected());
        cell(member.busy());
        cell(member.lbStatus());
        cell(size(member.sent()));
        cell(size(member.received()));
        if (server.conditions != null) {
            HealthCheck check = member.healthCheck();
            cell(check.method().word());
            cell(check.interval().toMillis() + "ms");
            cell(check.passes() + " (" + member.passed() + ")");
            cell(check.fails() + " (" + member.failed() + ")");
            cell(escaped(check.uri()));
            cell(escaped(check.condition()));
        }
        out.append("</tr>\n");
    }

    /** Bytes in four characters (apr_strfsize). */
    static String size(long bytes) {
        if (bytes < 973) {
            return String.format(Locale.ROOT, "%3d ", bytes);
        }
        long size = bytes;
        for (char unit : "KMGTPE".toCharArray()) {
            long rest = size & 1023;
            size >>= 10;
            if (size >= 973) {
                continue;
            }
            if (size > 9 || (size == 9 && rest >= 973)) {
                return String.format(Locale.ROOT, "%3d%c", rest >= 512 ? size + 1 : size, unit);
            }
            long tenths = (rest * 5 + 256) / 512;
            return tenths >= 10 ? size + 1 + ".0" + unit : size + "." + tenths + unit;
        }
        return "****";
    }

    private void conditions() {
        Map<String, HealthCondition> conditions = server.conditions;
        if (conditions == null || conditions.isEmpty()) {
            return;
        }
        out.append("\n\n<table><tr><th colspan='2'>Health check cond. expressions:</th></tr>\n<tr>");
        heads("Expr name", "Expression");
        out.append("</tr>\n");
        for (HealthCondition each : conditions.values()) {
            out.append("<tr>");
            cell(escaped(each.name()));
            cell(escaped(each.text())).append("</tr>\n");
        }
        out.append("</table><hr/>\n");
    }

    private void form(String title, String name) {
        out.append("<h3>").append(title).append(escaped(name)).append("</h3>\n<form method='POST' enctype=");
        out.append("'application/x-www-form-urlencoded' action=\"")
                .append(escaped(server.url))
                .append("\">\n<table>");
    }

    private void endOfForm(Balancer balancer) {
        hidden("b", '"' + escaped(balancer.shortName()) + '"');
        hidden("nonce", '\'' + escaped(balancer.nonce()) + '\'');
        out.append("</form>\n<hr />\n");
    }

    private void hidden(String name, String quoted) {
        out.append("<input type=hidden name='").append(name).append("' id='").append(name);
        out.append("' value=").append(quoted).append(">\n");
    }

    private void field(String label, String name, String rest) {
        out.append("<tr><td>")
                .append(label)
                .append("</td><td><input name='")
                .append(name)
                .append("' id='");
        out.append(name).append('\'').append(rest).append("></td></tr>\n");
    }

    private void onOff(String name, boolean on) {
        out.append("<td>");
        choice(name, "On", '1', on);
        out.append(" <br/> ");
        choice(name, "Off", '0', !on);
        out.append("</td>\n");
    }

    private void choice(String name, String label, char value, boolean checked) {
        out.append("<label for='")
                .append(name)
                .append(value)
                .append("'>")
                .append(label)
                .append("</label> <input name='");
        out.append(name)
                .append("' id='")
                .append(name)
                .append(value)
                .append("' value='")
                .append(value);
        out.append("' type=radio").append(checked ? " checked>" : ">");
    }

    private void memberForm(Balancer balancer, Member member) {
        form("Edit worker settings for ", member.name());
        out.append("<tr><td>Load factor:</td><td><input name='w_lf' id='w_lf' type=text value='");
        out.append(factor(member.loadFactor())).append("'></td></tr>\n");
        field("LB Set:", "w_ls", " type=text value='" + member.lbSet() + "'");
        field("Route:", "w_wr", " type=text value=\"" + escaped(member.route()) + '"');
        field("Route Redirect:", "w_rr", " type=text value=\"" + escaped(member.redirect()) + '"');
        out.append("<tr><td>Status:</td><td><table><tr>");
        heads("Ignore Errors", "Draining Mode", "Disabled", "Hot Standby", "Hot Spare");
        if (server.conditions != null) {
            heads("HC Fail");
        }
        heads("Stopped");
        out.append("</tr>\n<tr>");
        onOff("w_status_I", member.state().is(WorkerStatus.IGNORE_ERRORS));
        onOff("w_status_N", member.state().is(WorkerStatus.DRAIN));
        onOff("w_status_D", member.state().is(WorkerStatus.DISABLED));
        onOff("w_status_H", member.state().is(WorkerStatus.HOT_STANDBY));
        onOff("w_status_R", member.state().is(WorkerStatus.HOT_SPARE));
        if (server.conditions != null) {
            onOff("w_status_C", member.state().is(WorkerStatus.HEALTH_FAILED));
        }
        onOff("w_status_S", member.state().is(WorkerStatus.STOPPED));
        out.append("</tr></table></td></tr>\n");
        healthFields(member.healthCheck());
        out.append("<tr><td colspan='2'><input type=submit value='Submit'></td></tr>\n</table>\n");
        hidden("w", '"' + escaped(member.name()) + '"');
        endOfForm(balancer);
    }

    private void healthFields(HealthCheck check) {
        Map<String, HealthCondition> conditions = server.conditions;
        if (conditions == null) {
            return;
        }
        out.append("<tr><td colspan='2'>\n<table align='center'><tr>");
        heads("Health Check param", "Value");
        out.append("</tr>\n<tr><td>Method</td><td><select name='w_hm'>\n");
        for (HealthCheck.Method each : HealthCheck.Method.values()) {
            if (each.isImplemented()) {
                option(each.word(), each == check.method());
            }
        }
        out.append("</select>\n</td></tr>\n<tr><td>Expr</td><td><select name='w_he'>\n");
        conditions.values().forEach(each -> option(each.name(), each.name().equals(check.condition())));
        out.append("</select>\n</td></tr>\n");
        field("Interval (ms)", "w_hi", " type='text' value='" + check.interval().toMillis() + "'");
        field("Passes trigger", "w_hp", " type='text' value='" + check.passes() + "'");
        field("Fails trigger)", "w_hf", " type='text' value='" + check.fails() + "'");
        field("HC uri", "w_hu", " type='text' value=\"" + escaped(check.uri()) + '"');
        out.append("</table>\n</td></tr>\n");
    }

    private void option(String name, boolean selected) {
        out.append("<option value='").append(escaped(name)).append("' ").append(selected ? "selected" : "");
        out.append(" >").append(escaped(name)).append("</option>\n");
    }

    private void balancerForm(Balancer balancer) {
        BalancerParameters parameters = balancer.parameters();
        form("Edit balancer settings for ", balancer.name());
        out.append("\n<tr><td>LBmethod:</td><td>\n<select name='b_lbm' id='b_lbm'>");
        for (String method : server.methods) {
            boolean selected = method.equals(balancer.method().name());
            out.append("<option value='").append(method).append('\'').append(selected ? " selected " : "");
            out.append('>').append(method).append('\n');
        }
        out.append("</select>\n</td></tr>\n");
        Integer attempts = balancer.maxAttempts();
        field("Timeout:", "b_tmo", " type=text value='" + parameters.timeout().toSeconds() + "'");
        field("Failover Attempts:", "b_max", " type=text value='" + (attempts == null ? 0 : attempts) + "'");
        out.append("<tr><td>Disable Failover:</td>");
        onOff("b_sforce", parameters.noFailover());
        out.append("</tr>\n<tr><td>Sticky Session:</td><td><input name='b_ss' id='b_ss' size=64 type=text value =\"");
        out.append(sticky(parameters)).append("\">&nbsp;&nbsp;&nbsp;&nbsp;(Use '-' to delete)</td></tr>\n");
        if (balancer.members().size() < balancer.mostMembers()) {
            out.append("<tr><td>Add New Worker:</td><td><input name='b_nwrkr' id='b_nwrkr' size=32 type=text>");
            out.append("&nbsp;&nbsp;&nbsp;&nbsp;Are you sure? <input name='b_wyes' id='b_wyes' type=checkbox");
            out.append(" value='1'></td></tr>");
        }
        out.append("<tr><td colspan=2><input type=submit value='Submit'></td></tr>\n</table>\n");
        endOfForm(balancer);
    }
}
