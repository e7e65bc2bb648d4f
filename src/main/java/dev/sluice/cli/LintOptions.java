package dev.sluice.cli;

import dev.sluice.lint.Rules;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words behind {@code sluice lint}. */
final class LintOptions {
    static final List<String> USAGE = List.of(
            "usage: sluice lint [OPTIONS] PATH...",
            "",
            "  PATH            a configuration file, an .htaccess file, or a folder of them",
            "  -f FILE         the main file; only what it says about PATHs is shown, or all where there is none",
            "  -d FOLDER       what relative paths are relative to: the file's folder where it is not given",
            "  -D NAME         as httpd's -D",
            "  --format F      text (as is), json, sarif",
            "  --severity S    error, warning (as is), note: what is shown, and what makes the exit code 1",
            "  --rule ID       only that rule; may be repeated, and may name several with commas between them",
            "  --except ID     all rules but that one; as --rule",
            "  --offline       files, folders and certificates that this machine lacks are passed over",
            "  --fix           makes the fixes that are safe; with --dry-run they are only shown, as a diff",
            "  --explain ID    what a rule is about, with a bad and a good sample",
            "  --rules         all rules",
            "  --color WHEN    auto (as is: on a terminal), always, never",
            "",
            "exit code: 0 where nothing was found, 1 where something was, 2 where it could not be looked at");

    /** How findings are printed. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    /** What the words do not mean. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    @Nullable
    String main;

    @Nullable
    String root;

    @Nullable
    String explain;

    final Set<String> defines = new LinkedHashSet<>();
    final Set<String> rules = new LinkedHashSet<>();
    final Set<String> except = new LinkedHashSet<>();
    final List<String> paths = new ArrayList<>();
    Format format = Format.TEXT;
    Severity least = Severity.WARNING;
    boolean isOffline;
    boolean isFix;
    boolean isDryRun;
    boolean isList;
    boolean isHelp;
    boolean isColoured = Boolean.getBoolean("sluice.colour");

    private LintOptions() {}

    static LintOptions read(List<String> words) throws Misuse {
        LintOptions options = new LintOptions();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                options.paths.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (options.flag(name)) {
                continue;
            }
            String value = equals < 0 ? (++i < words.size() ? words.get(i) : null) : word.substring(equals + 1);
            options.option(name, value);
        }
        options.check();
        return options;
    }

    private boolean flag(String name) {
        switch (name) {
            case "--offline" -> isOffline = true;
            case "--fix" -> isFix = true;
            case "--dry-run" -> isDryRun = true;
            case "--rules" -> isList = true;
            case "--help", "-h" -> isHelp = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void option(String name, @Nullable String given) throws Misuse {
        if (!List.of(
                        "-f",
                        "-d",
                        "-D",
                        "--format",
                        "--severity",
                        "--rule",
                        "--except",
                        "--explain",
                        "--color",
                        "--colour")
                .contains(name)) {
            throw new Misuse("'" + name + "' is no option here; --help lists them");
        }
        if (given == null) {
            throw new Misuse("'" + name + "' lacks its word");
        }
        switch (name) {
            case "-f" -> main = given;
            case "-d" -> root = given;
            case "-D" -> defines.add(given);
            case "--format" -> format = oneOf(Format.class, name, given);
            case "--severity" -> least = oneOf(Severity.class, name, given);
            case "--explain" -> explain = known(given);
            case "--rule" -> {
                for (String id : given.split(",", -1)) {
                    rules.add(known(id));
                }
            }
            case "--except" -> {
                for (String id : given.split(",", -1)) {
                    except.add(known(id));
                }
            }
            default -> colour(given);
        }
    }

    /** Whether findings of that rule are wanted. */
    boolean asksFor(String id) {
        return !except.contains(id) && (rules.isEmpty() || rules.contains(id));
    }

    private void colour(String when) throws Misuse {
        switch (when) {
            case "always" -> isColoured = true;
            case "never" -> isColoured = false;
            case "auto" -> isColoured = Boolean.getBoolean("sluice.colour");
            default -> throw new Misuse("--color is auto, always or never, not '" + when + "'");
        }
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String option, String word) throws Misuse {
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        String all = String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList());
        throw new Misuse(option + " is one of " + all + ", not '" + word + "'");
    }

    private static String known(String id) throws Misuse {
        if (Rules.all().stream().map(Rule::id).noneMatch(id::equals)) {
            String near = Rules.nearest(id);
            throw new Misuse("'" + id + "' is no rule: "
                    + (near == null ? "--rules lists them" : "did you mean '" + near + "'?"));
        }
        return id;
    }

    private void check() throws Misuse {
        if (isDryRun && !isFix) {
            throw new Misuse("--dry-run goes with --fix");
        }
        if (isFix && format != Format.TEXT) {
            throw new Misuse("--fix goes with --format text");
        }
        if (paths.isEmpty() && main == null && explain == null && !isList && !isHelp) {
            throw new Misuse("no PATH and no -f FILE");
        }
    }
}
