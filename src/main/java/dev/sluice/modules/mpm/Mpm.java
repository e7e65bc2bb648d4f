package dev.sluice.modules.mpm;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directives that the processing models share. */
public final class Mpm {
    public static final Setting<List<Listen>> LISTEN = perServer("Listen", List.<Listen>of(), Merge.<Listen>append());

    /** Connections that wait to be accepted. */
    public static final Setting<Integer> LISTEN_BACKLOG = perServer("ListenBacklog", 511);

    /** Zero for any time. */
    public static final Setting<Duration> GRACEFUL_SHUTDOWN_TIMEOUT =
            perServer("GracefulShutdownTimeout", Duration.ZERO);

    /** Bytes of a socket's buffer; 0 for the system's own. */
    public static final Setting<Integer> SEND_BUFFER_SIZE = perServer("SendBufferSize", 0);

    public static final Setting<Integer> RECEIVE_BUFFER_SIZE = perServer("ReceiveBufferSize", 0);

    private static final String LOOP = "event loops serve here, one for each core; there are no workers to count";

    private Mpm() {}

    /** The rows of {@code event}, {@code worker} and {@code prefork}; each has some of them. */
    private static Directive.Does deferAccept() {
        Directive.Does noted = Directive.ignored(Args.TAKE1, "connections are taken when they come");
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> {
                    if (Reading.atoi(line.words().get(0).text()) <= 0) {
                        throw new BadArgument("ListenTCPDeferAccept must be > 0");
                    }
                    noted.effect().apply(line, scope);
                },
                noted.verdict(),
                List.of(),
                List.of());
    }

    static List<Directive> rows(boolean threaded, boolean event) {
        List<Directive> rows = new ArrayList<>(List.of(
                directive("Listen", MAIN_SERVER, reads(Args.TAKE_ARGV, ListenLine::set, LISTEN)),
                directive("ListenTCPDeferAccept", MAIN_SERVER, deferAccept()),
                directive("ListenBacklog", MAIN_SERVER, sets(LISTEN_BACKLOG, (word, line, scope) -> {
                    int backlog = Reading.atoi(word.text());
                    if (backlog <= 0) {
                        throw new BadArgument("ListenBacklog must be > 0", word.span());
                    }
                    return backlog;
                })),
                directive(
                        "ListenCoresBucketsRatio",
                        MAIN_SERVER,
                        tuning((text, line) -> Reading.atoi(text) <= 0 ? "ListenCoresBucketsRatio must be > 0" : null)),
                directive("GracefulShutdownTimeout", MAIN_SERVER, sets(GRACEFUL_SHUTDOWN_TIMEOUT, Reading.seconds())),
                directive("SendBufferSize", MAIN_SERVER, sets(SEND_BUFFER_SIZE, buffer("SendBufferSize"))),
                directive("ReceiveBufferSize", MAIN_SERVER, sets(RECEIVE_BUFFER_SIZE, buffer("ReceiveBufferSize"))),
                directive("StartServers", MAIN_SERVER, tuning()),
                directive("ServerLimit", MAIN_SERVER, tuning()),
                directive("MaxRequestWorkers", MAIN_SERVER, tuning()),
                directive("MaxClients", MAIN_SERVER, tuning())));
        List<String> own = threaded
                ? List.of("MinSpareThreads", "MaxSpareThreads", "ThreadsPerChild", "ThreadLimit")
                : List.of("MinSpareServers", "MaxSpareServers");
        own.forEach(name -> rows.add(directive(name, MAIN_SERVER, tuning())));
        if (event) {
            rows.add(directive(
                    "AsyncRequestWorkerFactor",
                    MAIN_SERVER,
                    tuning((text, line) -> positiveNumber(text)
                            ? null
                            : "AsyncRequestWorkerFactor argument must be a positive number")));
        }
        return List.copyOf(rows);
    }

    private static boolean positiveNumber(String text) {
        try {
            return Double.parseDouble(text) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private interface Check {
        @Nullable
        String complaint(String text, Line line);
    }

    private static Directive.Does tuning() {
        return tuning((text, line) -> null);
    }

    private static Directive.Does tuning(Check check) {
        Effect effect = (line, scope) -> {
            String complaint = check.complaint(line.words().get(0).text(), line);
            if (complaint != null) {
                throw new BadArgument(complaint, line.words().get(0).span());
            }
            scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + LOOP);
        };
        return new Directive.Does(Args.TAKE1, effect, new Verdict(Verdict.Kind.IGNORED, LOOP), List.of(), List.of());
    }

    private static Arg<Integer> buffer(String name) {
        return (word, line, scope) -> {
            int size = Reading.atoi(word.text());
            if (size < 512 && size != 0) {
                throw new BadArgument(name + " must be >= 512 bytes, or 0 for system default.", word.span());
            }
            return size;
        };
    }
}
