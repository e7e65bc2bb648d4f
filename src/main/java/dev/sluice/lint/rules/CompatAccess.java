package dev.sluice.lint.rules;

import dev.sluice.module.Standing;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the Order, Allow and Deny lines of one section say, in the words of Require. */
final class CompatAccess {
    private static final Set<String> ORDERS = Set.of("deny,allow", "allow,deny", "mutual-failure");

    private final List<Standing> lines = new ArrayList<>();
    private final List<Standing> requires = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();
    private @Nullable Standing satisfy;
    private boolean denyByDefault;
    private boolean readable = true;

    private CompatAccess() {}

    /** Of the lines of one section. */
    static CompatAccess of(List<Standing> block) {
        CompatAccess access = new CompatAccess();
        block.forEach(access::read);
        return access;
    }

    private void read(Standing line) {
        switch (line.name()) {
            case "order" -> {
                lines.add(line);
                String order = line.word(0).toLowerCase(Locale.ROOT);
                denyByDefault = !order.equals("deny,allow");
                readable &= ORDERS.contains(order) && line.words().size() == 1;
            }
            case "allow" -> add(line, allowed);
            case "deny" -> add(line, denied);
            case "satisfy" -> satisfy = line;
            case "require" -> requires.add(line);
            case "requireall", "requireany", "requirenone", "limit", "limitexcept" ->
                readable &= !line.line().isSection();
            default -> {}
        }
    }

    private void add(Standing line, List<String> to) {
        lines.add(line);
        readable &= line.word(0).equalsIgnoreCase("from") && line.words().size() > 1;
        for (Word host : line.words()
                .subList(Math.min(1, line.words().size()), line.words().size())) {
            to.add(requirement(host.text()));
        }
    }

    private static String requirement(String host) {
        if (host.equalsIgnoreCase("all")) {
            return "all";
        }
        if (host.toLowerCase(Locale.ROOT).startsWith("env=")) {
            return "env " + host.substring("env=".length());
        }
        if (host.matches("[0-9][0-9./]*|[0-9a-fA-F:]*:[0-9a-fA-F:./]*")) {
            return "ip " + (host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        }
        return "host " + (host.startsWith(".") ? host.substring(1) : host);
    }

    /** Whether there is any. */
    boolean isThere() {
        return !lines.isEmpty();
    }

    /** The first line; there has to be one. */
    Standing first() {
        return lines.get(0);
    }

    /** The lines with Require that say who may come by host, and not who by name. */
    List<Standing> requiresOfHosts() {
        return requires.stream()
                .filter(line -> line.word(0)
                        .toLowerCase(Locale.ROOT)
                        .matches("all|ip|host|local|env|expr|method|not|forward-dns"))
                .toList();
    }

    boolean isSatisfyAny() {
        return satisfy != null && satisfy.word(0).equalsIgnoreCase("any");
    }

    boolean hasRequire() {
        return !requires.isEmpty();
    }

    @Nullable
    Standing satisfy() {
        return satisfy;
    }

    /** Whether everybody may come, whatever the host. */
    boolean isGranted() {
        return readable && denied.isEmpty() && (allowed.contains("all") || !denyByDefault);
    }

    /** Whether nobody may come, whatever the host. */
    boolean isDenied() {
        boolean deniesAll = denied.contains("all");
        return readable && allowed.isEmpty() && (deniesAll || denyByDefault);
    }

    /** The lines with Require that say the same; null where they cannot be told. */
    private @Nullable List<String> required() {
        if (!readable) {
            return null;
        }
        if (isGranted()) {
            return List.of("Require all granted");
        }
        if (isDenied()) {
            return List.of("Require all denied");
        }
        boolean restsOnAllowed = denyByDefault || denied.contains("all");
        if (restsOnAllowed && (denied.isEmpty() || !denyByDefault) && !allowed.contains("all")) {
            return joined(allowed);
        }
        boolean allButDenied = denyByDefault ? allowed.contains("all") : allowed.isEmpty();
        return allButDenied && !denied.contains("all") ? allBut(denied) : null;
    }

    /** {@code Require ip 10.0.0.0/8 192.168.0.0/16}: one line a kind. */
    private static List<String> joined(List<String> requirements) {
        List<String> all = new ArrayList<>();
        for (String kind : List.of("ip ", "host ", "env ")) {
            List<String> of = requirements.stream()
                    .filter(each -> each.startsWith(kind))
                    .map(each -> each.substring(kind.length()))
                    .distinct()
                    .toList();
            if (!of.isEmpty()) {
                all.add("Require " + kind + String.join(" ", of));
            }
        }
        return all;
    }

    private static List<String> allBut(List<String> requirements) {
        List<String> all = new ArrayList<>(List.of("<RequireAll>", "    Require all granted"));
        joined(requirements).forEach(each -> all.add("    " + each.replace("Require ", "Require not ")));
        all.add("</RequireAll>");
        return all;
    }

    /**
     * The edits that make Require of it; null where something stands beside it that they would change, and for Satisfy Any
     * without a Require, which lets everybody in.
     */
    @Nullable
    Fix fix() {
        List<String> required = required();
        boolean open = isSatisfyAny() && !hasRequire();
        if (required == null || open || !isEditable()) {
            return null;
        }
        boolean mixed = !requiresOfHosts().isEmpty();
        if (isGranted() && !isSatisfyAny() && hasRequire()) {
            return edits("drop the lines of 2.2, which let everybody in anyway", List.of());
        }
        if (isSatisfyAny()
                && hasRequire()
                && !mixed
                && !isGranted()
                && !isDenied()
                && !required.contains("<RequireAll>")) {
            return edits("say it with Require", required);
        }
        if (hasRequire()) {
            boolean sameDenied = isDenied()
                    && requires.size() == 1
                    && requires.get(0).word(1).equalsIgnoreCase("denied");
            return sameDenied ? edits("drop the lines of 2.2, which say the same", List.of()) : null;
        }
        return edits("say it with Require", required);
    }

    private boolean isEditable() {
        SourceFile file = first().span().file();
        for (Standing line : all()) {
            boolean alone =
                    line.span().wholeLines().text().strip().equals(line.span().text());
            if (!alone || !line.line().isVerbatim() || line.span().file() != file) {
                return false;
            }
        }
        return true;
    }

    private List<Standing> all() {
        List<Standing> all = new ArrayList<>(lines);
        if (satisfy != null) {
            all.add(satisfy);
        }
        return all;
    }

    private Fix edits(String title, List<String> fresh) {
        List<Edit> edits = new ArrayList<>();
        String indent = first().span().indent();
        StringBuilder text = new StringBuilder();
        fresh.forEach(line -> text.append(indent).append(line).append('\n'));
        for (Standing line : all()) {
            Span whole = line.span().wholeLines();
            edits.add(new Edit(whole, edits.isEmpty() ? text.toString() : ""));
        }
        return new Fix(title, List.copyOf(edits));
    }
}
