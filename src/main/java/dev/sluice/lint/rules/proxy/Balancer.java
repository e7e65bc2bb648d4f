package dev.sluice.lint.rules.proxy;

import dev.sluice.directive.Line;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Standing;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A balancer of one server, put together from all lines about it. A balancer of the main server is every virtual host's; one
 * of a virtual host is its own.
 */
final class Balancer {
    private static final Pattern URL = Pattern.compile("balancer://([^/\\s\"'$%?|]*)([$%]?)", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final @Nullable Line host;
    private final List<Standing> definitions = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Word> parameters = new ArrayList<>();

    private Balancer(String name, @Nullable Line host) {
        this.name = name;
        this.host = host;
    }

    /** @param url where the member's URL is among the words */
    record Member(Standing line, int url) {
        List<Word> parameters() {
            return PassLine.parameters(line, url + 1);
        }

        @Nullable
        Word parameter(String key) {
            return PassLine.parameter(parameters(), key);
        }

        /** Whether its status has that letter, and does not take it away. */
        boolean hasStatus(char letter) {
            Word status = parameter("status");
            String letters = status == null ? "" : PassLine.value(status).toUpperCase(Locale.ROOT);
            return letters.matches(".*(?<!-)" + letter + ".*");
        }
    }

    /** A line that sends requests to one. */
    record Use(String name, Standing line) {
        /** Whether it may be a use of {@code balancer}. */
        boolean isOf(Balancer balancer) {
            boolean seen = balancer.host == null || balancer.host == line.hostLine();
            return seen && balancer.name.equals(name);
        }
    }

    /** All that lines define, in the order of their first ones. */
    static List<Balancer> all(LintSubject subject) {
        Map<List<Object>, Balancer> all = new LinkedHashMap<>();
        for (Standing line : subject.lines("Proxy", "BalancerMember", "ProxySet")) {
            boolean ofSection = !line.is("Proxy") && isNamed(line.outer());
            Standing namer = ofSection && line.outer() != null ? line.outer() : line;
            String name = name(namer.word(0));
            if (name.isEmpty() || (line.is("Proxy") && !line.line().isSection())) {
                continue;
            }
            Line host = line.hostLine();
            Balancer balancer =
                    all.computeIfAbsent(List.of(name, host == null ? "" : host), k -> new Balancer(name, host));
            balancer.add(line, ofSection ? 0 : 1);
        }
        return List.copyOf(all.values());
    }

    private void add(Standing line, int from) {
        switch (line.name()) {
            case "proxy" -> {
                definitions.add(line);
                parameters.addAll(PassLine.parameters(line, 1));
            }
            case "balancermember" -> {
                members.add(new Member(line, from));
                if (from == 1) {
                    definitions.add(line);
                }
            }
            default -> parameters.addAll(PassLine.parameters(line, from));
        }
    }

    private static boolean isNamed(@Nullable Standing section) {
        return section != null && section.is("Proxy") && !name(section.word(0)).isEmpty();
    }

    /** The name in {@code balancer://name/path}, in lower case; empty for another URL, and where it is not known. */
    static String name(String url) {
        Matcher found = URL.matcher(url);
        return found.lookingAt() && found.group(2).isEmpty() ? found.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Every line that sends requests to a balancer; the name is empty where it is made from the request. */
    static List<Use> uses(LintSubject subject) {
        List<Use> uses = new ArrayList<>();
        for (Standing line : subject.lines()) {
            switch (line.name()) {
                case "proxy", "balancermember", "proxyset", "proxypassreverse", "proxypassreversecookiepath" -> {}
                default -> {
                    Matcher found = URL.matcher(line.line().args());
                    while (found.find()) {
                        boolean whole =
                                found.group(2).isEmpty() || !found.group(1).isEmpty();
                        uses.add(new Use(whole ? found.group(1).toLowerCase(Locale.ROOT) : "", line));
                    }
                }
            }
        }
        return uses;
    }

    String name() {
        return name;
    }

    @Nullable
    Line host() {
        return host;
    }

    /** Sections of it and lines that name it; none where only ProxySet does. */
    List<Standing> definitions() {
        return definitions;
    }

    List<Member> members() {
        return members;
    }

    /** What it and the lines in its section set for the whole of it. */
    @Nullable
    Word parameter(String key) {
        return PassLine.parameter(parameters, key);
    }
}
