package dev.sluice.modules.proxy.balancer;

import dev.sluice.modules.proxy.WorkerStatus;
import dev.sluice.modules.proxy.hcheck.HealthCheck;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * BalancerPersist: what the balancer-manager changed, in a file that is read at the next start. It is written whole beside
 * the old one and then takes its place, so that a crash leaves one or the other. A line is a balancer's, or a member's of
 * the balancer before it; words are parted by tabs, {@code key=value}.
 */
public final class SavedBalancers {
    private static final Set<WorkerStatus> KEPT = Set.of(
            WorkerStatus.IGNORE_ERRORS,
            WorkerStatus.DRAIN,
            WorkerStatus.DISABLED,
            WorkerStatus.STOPPED,
            WorkerStatus.HOT_STANDBY,
            WorkerStatus.HOT_SPARE);

    private final Path file;
    private final ErrorLog log;

    public SavedBalancers(Path file, ErrorLog log) {
        this.file = file;
        this.log = log;
    }

    /** Writes down what {@code balancers} are now. Blocks until the disk has it. */
    public synchronized void save(Collection<Balancer> balancers) {
        StringBuilder out = new StringBuilder();
        for (Balancer balancer : balancers) {
            line(out, "balancer", balancer.name(), ofBalancer(balancer));
            for (Member member : balancer.members()) {
                line(out, "member", member.name(), ofMember(member));
            }
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.log(Level.ERROR, "proxy_balancer", "balancers cannot be written to '" + file + "': " + e.getMessage());
        }
    }

    private static void line(StringBuilder out, String kind, String name, Map<String, String> values) {
        out.append(kind).append('\t').append(name);
        values.forEach(
                (key, value) -> out.append('\t').append(key).append('=').append(value.replaceAll("[\t\r\n]", " ")));
        out.append('\n');
    }

    private static Map<String, String> ofBalancer(Balancer balancer) {
        BalancerParameters parameters = balancer.parameters();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("b_lbm", balancer.method().name());
        values.put("b_tmo", String.valueOf(parameters.timeout().toSeconds()));
        Integer attempts = balancer.maxAttempts();
        if (attempts != null) {
            values.put("b_max", attempts.toString());
        }
        values.put("b_sforce", parameters.noFailover() ? "1" : "0");
        values.put("b_ss", parameters.sticky().isEmpty() ? "-" : parameters.sticky() + "|" + parameters.stickyPath());
        return values;
    }

    private static Map<String, String> ofMember(Member member) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("w_lf", BalancerManagerPage.factor(member.loadFactor()));
        values.put("w_ls", String.valueOf(member.lbSet()));
        values.put("w_wr", member.route());
        values.put("w_rr", member.redirect());
        for (WorkerStatus status : KEPT) {
            values.put("w_status_" + status.letter(), member.state().is(status) ? "1" : "0");
        }
        HealthCheck check = member.healthCheck();
        values.put("w_hm", check.method().word());
        values.put("w_hi", String.valueOf(check.interval().toMillis()));
        values.put("w_hp", String.valueOf(check.passes()));
        values.put("w_hf", String.valueOf(check.fails()));
        values.put("w_hu", check.uri());
        values.put("w_he", check.condition());
        return values;
    }

    /**
     * Puts {@code balancers} into the state of the file. What the file knows and the configuration does not is left out,
     * but for members that were added: {@code adds} makes them.
     *
     * @param conditions the names of ProxyHCExpr, in lower case
     */
    public void restore(
            Collection<Balancer> balancers, Collection<String> conditions, BiPredicate<Balancer, String> adds) {
        List<String> lines;
        try {
            lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            log.log(Level.ERROR, "proxy_balancer", "balancers cannot be read from '" + file + "': " + e.getMessage());
            return;
        }
        Balancer balancer = null;
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            if (words.length < 2) {
                continue;
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 2; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals > 0) {
                    values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
                }
            }
            if (words[0].equals("balancer")) {
                balancer = named(balancers, words[1]);
                if (balancer != null) {
                    BalancerChanges.apply(balancer, values);
                }
            } else if (balancer != null) {
                Member known = balancer.member(words[1]);
                Member member = known == null && adds.test(balancer, words[1]) ? balancer.member(words[1]) : known;
                if (member != null) {
                    BalancerChanges.apply(balancer, member, values, conditions);
                }
            }
        }
        balancers.forEach(Balancer::reset);
    }

    private static @org.jspecify.annotations.Nullable Balancer named(Collection<Balancer> balancers, String name) {
        return balancers.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
