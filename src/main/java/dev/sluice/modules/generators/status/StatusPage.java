package dev.sluice.modules.generators.status;

import dev.sluice.model.Settings;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.HtmlText;
import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.Product;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Request;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.xnio.XnioWorker;
import org.xnio.management.XnioServerMXBean;
import org.xnio.management.XnioWorkerMXBean;

/** The status page, as HTML or, for programs, as lines; names and order are httpd's (status_handler, mod_status.c). */
public final class StatusPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yyyy HH:mm:ss zzz", Locale.ENGLISH);

    private static final String HEAD =
            """
            <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
            <html><head>
            <title>Apache Status</title>
            </head><body>
            <h1>Apache Server Status for\s""";

    private static final String KEY =
            """
            <p>Scoreboard Key:<br />
            "<b><code>_</code></b>" Waiting for Connection,\s
            "<b><code>S</code></b>" Starting up,\s
            "<b><code>R</code></b>" Reading Request,<br />
            "<b><code>W</code></b>" Sending Reply,\s
            "<b><code>K</code></b>" Keepalive (read),\s
            "<b><code>D</code></b>" DNS Lookup,<br />
            "<b><code>C</code></b>" Closing connection,\s
            "<b><code>L</code></b>" Logging,\s
            "<b><code>G</code></b>" Gracefully finishing,<br />\s
            "<b><code>I</code></b>" Idle cleanup of worker,\s
            "<b><code>.</code></b>" Open slot with no current process<br />
            </p>
            """;

    private static final String COLUMNS =
            """


            <table border="0"><tr><th>Srv</th><th>PID</th><th>Acc</th><th>M</th><th>CPU
            </th><th>SS</th><th>Req</th><th>Dur</th><th>Conn</th><th>Child</th><th>Slot</th><th>Client</th>\
            <th>Protocol</th><th>VHost</th><th>Request</th></tr>

            """;

    private static final String LEGEND =
            """
            </table>
             <hr /> <table>
             <tr><th>Srv</th><td>Child Server number - generation</td></tr>
             <tr><th>PID</th><td>OS process ID</td></tr>
             <tr><th>Acc</th><td>Number of accesses this connection / this child / this slot</td></tr>
             <tr><th>M</th><td>Mode of operation</td></tr>
            <tr><th>CPU</th><td>CPU usage, number of seconds</td></tr>
            <tr><th>SS</th><td>Seconds since beginning of most recent request</td></tr>
             <tr><th>Req</th><td>Milliseconds required to process most recent request</td></tr>
             <tr><th>Dur</th><td>Sum of milliseconds required to process all requests</td></tr>
             <tr><th>Conn</th><td>Kilobytes transferred this connection</td></tr>
             <tr><th>Child</th><td>Megabytes transferred this child</td></tr>
             <tr><th>Slot</th><td>Total megabytes transferred this slot</td></tr>
             </table>
            """;

    private final Scoreboard board = Scoreboard.OF_PROCESS;
    private final Request request;
    private final boolean extended;
    private final boolean tail;
    private final Machine machine = Machine.now();
    private final long now = System.currentTimeMillis();
    private final long pid = ProcessHandle.current().pid();
    private final StringBuilder out = new StringBuilder(8192);
    private final long uptime;
    private final int busy;
    private final int idle;
    private final long connections;
    private final String mpm;

    public StatusPage(Request request, String mpm) {
        Settings settings = request.server().settings();
        this.request = request;
        this.mpm = mpm;
        this.extended = settings.get(CoreModule.EXTENDED_STATUS);
        this.tail = settings.get(CoreModule.SEE_REQUEST_TAIL);
        this.uptime = (now - board.startMillis()) / 1000;
        XnioWorker worker = request.exchange().getConnection().getWorker();
        XnioWorkerMXBean threads = worker.getMXBean();
        this.busy = board.busy();
        this.idle = Math.max(0, threads.getMaxWorkerPoolSize() - threads.getBusyWorkerThreadCount());
        long open = 0;
        for (XnioServerMXBean server : threads.getServerMXBeans()) {
            open += server.getConnectionCount();
        }
        this.connections = open;
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    private String version() {
        return Product.tokens(request.server().settings().get(CoreModule.SERVER_TOKENS));
    }

    private long kept() {
        return Math.max(0, connections - busy);
    }

    private String scoreboard() {
        return "W".repeat(busy) + "_".repeat(idle);
    }

    private static double each(double of, double by) {
        return by > 0 ? of / by : 0;
    }

    // For programs.

    /** {@code ?auto}. */
    public String lines() {
        out.append(SelfReference.serverName(request)).append('\n');
        line("ServerVersion", version());
        line("ServerMPM", mpm);
        line("Server Built", Product.BUILT);
        line("CurrentTime", time(now));
        line("RestartTime", time(board.startMillis()));
        line("ParentServerConfigGeneration", board.generation());
        line("ParentServerMPMGeneration", board.generation() - 1);
        line("ServerUptimeSeconds", uptime);
        line("ServerUptime", Numbers.duration(uptime).strip());
        line("Load1", Numbers.two(machine.load()[0]));
        line("Load5", Numbers.two(machine.load()[1]));
        line("Load15", Numbers.two(machine.load()[2]));
        if (extended) {
            extendedLines();
        }
        line("BusyWorkers", busy);
        line("GracefulWorkers", 0);
        line("IdleWorkers", idle);
        line("Processes", 1);
        line("Stopping", 0);
        line("ConnsTotal", connections);
        line("ConnsAsyncWaitIO", 0);
        line("ConnsAsyncWriting", 0);
        line("ConnsAsyncKeepAlive", kept());
        line("ConnsAsyncClosing", 0);
        line("Scoreboard", scoreboard());
        return out.toString();
    }

    private void extendedLines() {
        long accesses = board.accesses();
        line("Total Accesses", accesses);
        line("Total kBytes", board.bytes() / 1024);
        line("Total Duration", board.millis());
        line("CPUUser", Numbers.general(machine.cpu()[0]));
        line("CPUSystem", Numbers.general(machine.cpu()[1]));
        line("CPUChildrenUser", Numbers.general(machine.cpu()[2]));
        line("CPUChildrenSystem", Numbers.general(machine.cpu()[3]));
        if (machine.cpuSeconds() > 0) {
            line("CPULoad", Numbers.general(each(machine.cpuSeconds() * 100, uptime)));
        }
        line("Uptime", uptime);
        if (uptime > 0) {
            line("ReqPerSec", Numbers.general(each(accesses, uptime)));
            line("BytesPerSec", Numbers.general(each(board.bytes(), uptime)));
        }
        if (accesses > 0) {
            line("BytesPerReq", Numbers.general(each(board.bytes(), accesses)));
            line("DurationPerReq", Numbers.general(each(board.millis(), accesses)));
        }
    }

    private void line(String name, Object value) {
        out.append(name).append(": ").append(value).append('\n');
    }

    // For people.

    /** {@code table} is false for {@code ?notable}. */
    public String html(boolean table) {
        out.append(HEAD)
                .append(HtmlText.escaped(SelfReference.serverName(request)))
                .append(" (via ")
                .append(IpText.of(request.exchange().getDestinationAddress()))
                .append(")</h1>\n\n<dl><dt>Server Version: ")
                .append(version());
        term("Server MPM: ", mpm, "</dt>\n<dt>");
        term("Server Built: ", Product.BUILT, "</dt>\n<dt>");
        out.append("\n</dt></dl><hr /><dl>\n");
        item("Current Time: " + time(now));
        item("Restart Time: " + time(board.startMillis()));
        item("Parent Server Config. Generation: " + board.generation());
        item("Parent Server MPM Generation: " + (board.generation() - 1));
        item("Server uptime: " + Numbers.duration(uptime));
        item("Server load: " + Numbers.two(machine.load()[0]) + " " + Numbers.two(machine.load()[1]) + " "
                + Numbers.two(machine.load()[2]));
        if (extended) {
            sums();
        }
        item(busy + " requests currently being processed, 0 workers gracefully restarting, " + idle + " idle workers");
        out.append("</dl>\n");
        process();
        out.append("<pre>").append(scoreboard()).append("</pre>\n").append(KEY);
        if (!extended) {
            out.append("<hr />To obtain a full report with current status information you need to use the"
                    + " <code>ExtendedStatus On</code> directive.\n");
        } else if (table) {
            rows();
        } else {
            list();
        }
        return out.append("</body></html>\n").toString();
    }

    private void term(String name, String value, String before) {
        out.append(before).append(name).append(value);
    }

    private void item(String text) {
        out.append("<dt>").append(text).append("</dt>\n");
    }

    private void sums() {
        long accesses = board.accesses();
        double[] cpu = machine.cpu();
        item("Total accesses: " + accesses + " - Total Traffic: " + Numbers.kilobytes(board.bytes() / 1024)
                + " - Total Duration: " + board.millis());
        String load = uptime > 0 && machine.cpuSeconds() > 0
                ? " - " + Numbers.rough(machine.cpuSeconds() * 100 / uptime) + "% CPU load"
                : "";
        item("CPU Usage: u" + Numbers.general(cpu[0]) + " s" + Numbers.general(cpu[1]) + " cu" + Numbers.general(cpu[2])
                + " cs" + Numbers.general(cpu[3]) + load);
        if (uptime > 0 && accesses > 0) {
            item(Numbers.rough(each(accesses, uptime)) + " requests/sec - "
                    + Numbers.bytes(board.bytes() / uptime) + "/second - "
                    + Numbers.bytes(board.bytes() / accesses) + "/request - "
                    + Numbers.general(each(board.millis(), accesses)) + " ms/request");
        }
    }

    /** There is one process, whose slot stands for all. */
    private void process() {
        String counts = "<td>" + busy + "</td><td>0</td><td>" + idle + "</td><td>0</td><td>0</td><td>" + kept()
                + "</td><td>0</td></tr>\n";
        out.append("\n<table rules=\"all\" cellpadding=\"1%\">\n")
                .append("<tr><th rowspan=\"2\">Slot</th><th rowspan=\"2\">PID</th><th rowspan=\"2\">Stopping</th>")
                .append("<th colspan=\"2\">Connections</th>\n<th colspan=\"3\">Threads</th>")
                .append("<th colspan=\"4\">Async connections</th></tr>\n<tr><th>total</th><th>accepting</th>")
                .append("<th>busy</th><th>graceful</th><th>idle</th><th>wait-io</th><th>writing</th>")
                .append("<th>keep-alive</th><th>closing</th></tr>\n<tr><td>0</td><td>")
                .append(pid)
                .append("</td><td>no</td><td>")
                .append(connections)
                .append("</td><td>yes</td>")
                .append(counts)
                .append("<tr><td>Sum</td><td>1</td><td>0</td><td>")
                .append(connections)
                .append("</td><td>&nbsp;</td>")
                .append(counts)
                .append("</table>\n");
    }

    private void rows() {
        out.append(COLUMNS);
        String cpu = Numbers.two(machine.cpuSeconds());
        for (Slot slot : board.slots()) {
            long millis = slot.isBusy() ? 0 : slot.lastMillis();
            String mega = Numbers.two(slot.bytes() / 1048576.0);
            out.append("<tr><td><b>0-")
                    .append(board.generation() - 1)
                    .append("</b></td><td>")
                    .append(pid);
            cell(slot.isBusy() ? "1/" : "0/");
            out.append(slot.accesses()).append('/').append(slot.accesses());
            cell(slot.isBusy() ? "<b>W</b>" : "_");
            out.append("\n</td><td>").append(cpu);
            cell(slot.secondsSinceBegin());
            cell(millis);
            cell(slot.millis());
            cell(String.format(Locale.ROOT, "%.1f", slot.lastBytes() / 1024.0));
            cell(mega);
            cell(mega);
            out.append("\n</td><td>").append(slot.client());
            cell(slot.protocol());
            out.append("</td><td nowrap>").append(HtmlText.escaped(slot.host()));
            out.append("</td><td nowrap>")
                    .append(HtmlText.escaped(slot.line(tail)))
                    .append("</td></tr>\n\n");
        }
        out.append(LEGEND);
    }

    private void cell(Object value) {
        out.append("</td><td>").append(value);
    }

    private void list() {
        out.append("<hr /><h2>Server Details</h2>\n\n");
        List<Slot> slots = board.slots();
        for (Slot slot : slots) {
            double[] cpu = machine.cpu();
            String sent = Numbers.bytes(slot.bytes());
            out.append("<b>Server 0-")
                    .append(board.generation() - 1)
                    .append("</b> (")
                    .append(pid)
                    .append("): ")
                    .append(slot.isBusy() ? 1 : 0)
                    .append('|')
                    .append(slot.accesses())
                    .append('|')
                    .append(slot.accesses())
                    .append(slot.isBusy() ? " [<b>Write</b>] u" : " [Ready] u")
                    .append(Numbers.general(cpu[0]))
                    .append(" s")
                    .append(Numbers.general(cpu[1]))
                    .append(" cu")
                    .append(Numbers.general(cpu[2]))
                    .append(" cs")
                    .append(Numbers.general(cpu[3]))
                    .append("\n ")
                    .append(slot.secondsSinceBegin() + " " + slot.lastMillis() + " " + slot.millis())
                    .append("(" + Numbers.bytes(slot.lastBytes()) + "|" + sent + "|" + sent + ")\n <i>")
                    .append(slot.client())
                    .append(" {")
                    .append(HtmlText.escaped(slot.line(tail)))
                    .append("}</i> <i>(")
                    .append(slot.protocol())
                    .append(")</i> <b>[")
                    .append(HtmlText.escaped(slot.host()))
                    .append("]</b><br />\n\n");
        }
    }
}
