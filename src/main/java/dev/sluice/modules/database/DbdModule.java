package dev.sluice.modules.database;

import static dev.sluice.directive.Directive.directive;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.module.HttpdModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** mod_dbd: connections to databases, of which nothing here needs any; what would is refused at the start. */
public final class DbdModule implements HttpdModule {
    private static final String WHY = "nothing here asks a database: what would keeps the server from starting";

    /** Those that APR has; which of them a machine has differs. */
    private static final Set<String> DRIVERS =
            Set.of("sqlite3", "sqlite2", "mysql", "pgsql", "odbc", "oracle", "freetds");

    @Override
    public String id() {
        return "dbd_module";
    }

    @Override
    public String file() {
        return "mod_dbd.c";
    }

    @Override
    public List<Directive> directives() {
        List<Directive> rows = new ArrayList<>();
        rows.add(row("DBDriver", Args.TAKE1, DbdModule::driver));
        rows.add(row("DBDParams", Args.TAKE1, (line, scope) -> {}));
        rows.add(row("DBDPersist", Args.FLAG, (line, scope) -> {}));
        rows.add(row("DBDPrepareSQL", Args.TAKE12, (line, scope) -> {}));
        rows.add(row("DBDInitSQL", Args.TAKE1, (line, scope) -> {}));
        for (String name : List.of("DBDMin", "DBDKeep", "DBDMax", "DBDExptime")) {
            rows.add(row(name, Args.TAKE1, DbdModule::number));
        }
        return rows;
    }

    /** Where distributions have the drivers of apr-util. */
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/apr-util-1"),
            Path.of("/usr/lib/aarch64-linux-gnu/apr-util-1"),
            Path.of("/usr/lib64/apr-util-1"),
            Path.of("/usr/lib/apr-util-1"));

    private static Directive row(String name, Args args, Effect check) {
        Effect effect = (line, scope) -> {
            check.apply(line, scope);
            scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + WHY);
        };
        return directive(
                name,
                Places.SERVERS,
                new Directive.Does(args, effect, new Verdict(Verdict.Kind.IGNORED, WHY), List.of(), List.of()));
    }

    private static void driver(Line line, Scope scope) throws BadArgument {
        String name = line.words().get(0).text();
        if (!DRIVERS.contains(name) || isMissing("apr_dbd_" + name + ".so")) {
            throw new BadArgument("Can't load driver file apr_dbd_" + name + ".so");
        }
    }

    /** Whether APR's libraries are on this machine, and that one is not. */
    private static boolean isMissing(String library) {
        boolean there = false;
        for (Path folder : FOLDERS) {
            if (Files.isDirectory(folder)) {
                there = true;
                if (Files.exists(folder.resolve(library))) {
                    return false;
                }
            }
        }
        return there;
    }

    private static void number(Line line, Scope scope) throws BadArgument {
        if (!line.words().get(0).text().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadArgument("Argument must be numeric!");
        }
    }
}
