package dev.sluice.lint.rules;

import static dev.sluice.module.LintRule.text;

import dev.sluice.module.LintRule;
import dev.sluice.module.LintSubject;
import dev.sluice.module.Report;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Conditions that ask for something else than what they guard needs. Looks at what conditions skip as well. */
final class ConditionRules {
    static final List<LintRule> ALL = List.of(text(
            "ifmodule-other",
            Severity.WARNING,
            "IfModule around directives of another module",
            (subject, report) -> subject.files().forEach(file -> guards(file, subject, report))));

    /** Modules that cannot be loaded without another one, by the beginning of their name. */
    private static final Map<String, String> NEEDS = Map.of(
            "mod_proxy_", "mod_proxy.c",
            "mod_lbmethod_", "mod_proxy.c",
            "mod_cache_", "mod_cache.c",
            "mod_dav_", "mod_dav.c",
            "mod_session_", "mod_session.c",
            "mod_socache_", "mod_ssl.c",
            "mod_authz_", "mod_authz_core.c",
            "mod_authn_", "mod_authn_core.c",
            "mod_auth_", "mod_authn_core.c",
            "mod_authnz_", "mod_authn_core.c");

    /** Modules that every build has. */
    private static final Set<String> ALWAYS = Set.of(
            "core.c", "http_core.c", "mod_so.c", "mod_unixd.c", "mod_version.c", "event.c", "worker.c", "prefork.c");

    /** Whose directives hardly a configuration does without. */
    private static final Set<String> USUAL = Set.of(
            "mod_authz_core.c",
            "mod_authz_host.c",
            "mod_access_compat.c",
            "mod_dir.c",
            "mod_mime.c",
            "mod_log_config.c",
            "mod_alias.c");

    private record Guarded(Statement statement, Set<String> modules) {}

    private record Guard(Statement open, String module, List<Guarded> inside) {}

    private ConditionRules() {}

    private static void guards(SourceFile file, LintSubject subject, Report report) {
        Deque<Guard> open = new ArrayDeque<>();
        for (Statement statement : subject.statements(file)) {
            String name = statement.words().isEmpty()
                    ? ""
                    : statement.words().get(0).text().toLowerCase(Locale.ROOT);
            if (statement instanceof Statement.SectionOpen && name.equals("<ifmodule")) {
                String module = statement.words().size() > 1
                        ? statement.words().get(1).text().replace(">", "")
                        : "";
                open.push(new Guard(statement, module, new ArrayList<>()));
            } else if (statement instanceof Statement.SectionClose && name.startsWith("</ifmodule")) {
                if (!open.isEmpty()) {
                    close(open.pop(), subject, report);
                }
            } else if (statement instanceof Statement.DirectiveLine || statement instanceof Statement.SectionOpen) {
                Set<String> modules =
                        open.stream().map(guard -> file(guard.module)).collect(Collectors.toSet());
                open.forEach(guard -> guard.inside.add(new Guarded(statement, modules)));
            }
        }
    }

    private static void close(Guard guard, LintSubject subject, Report report) {
        String file = file(guard.module);
        if (file.isEmpty() || !subject.facts().known().contains(file)) {
            return;
        }
        Statement other = null;
        String otherModule = "";
        for (Guarded guarded : guard.inside) {
            Statement statement = guarded.statement;
            List<String> modules = modules(statement, subject);
            if (modules.isEmpty()
                    || modules.stream().anyMatch(module -> module.equals(file) || isNeeded(file, module))
                    || mentions(statement, file)) {
                return;
            }
            boolean known = modules.stream()
                    .anyMatch(module ->
                            ALWAYS.contains(module) || USUAL.contains(module) || guarded.modules.contains(module));
            if (!known && other == null) {
                other = statement;
                otherModule = modules.get(0);
            }
        }
        if (other != null) {
            report.at(
                    other.words().get(0).span(),
                    "'" + other.words().get(0).text().replace("<", "") + "' is a directive of " + bare(otherModule)
                            + ", but the condition asks for " + bare(file) + ": with that and without this the server"
                            + " does not start",
                    "the condition",
                    guard.open.words().get(0).span(),
                    null);
        }
    }

    /** Filters and handlers are used by name, in the directives of others. */
    private static boolean mentions(Statement statement, String file) {
        String shortName = bare(file).replace("mod_", "").toLowerCase(Locale.ROOT);
        return !shortName.equals("deflate")
                && statement.text().toLowerCase(Locale.ROOT).contains(shortName);
    }

    private static String bare(String file) {
        return file.endsWith(".c") ? file.substring(0, file.length() - 2) : file;
    }

    private static List<String> modules(Statement statement, LintSubject subject) {
        String name = statement.words().get(0).text();
        String bare = name.startsWith("<") && name.endsWith(">") ? name.substring(0, name.length() - 1) : name;
        List<String> modules = subject.facts().modulesOf().apply(bare);
        return name.toLowerCase(Locale.ROOT).startsWith("<if") ? List.of("core.c") : modules;
    }

    private static boolean isNeeded(String file, String module) {
        return NEEDS.entrySet().stream()
                .anyMatch(need ->
                        file.startsWith(need.getKey()) && need.getValue().equals(module));
    }

    /** The source file of a module given as httpd takes it; empty for a negated one. */
    private static String file(String module) {
        if (module.startsWith("!")) {
            return "";
        }
        return module.endsWith("_module")
                ? "mod_" + module.substring(0, module.length() - "_module".length()) + ".c"
                : module;
    }
}
