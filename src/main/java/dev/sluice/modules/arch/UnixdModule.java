package dev.sluice.modules.arch;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.refused;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Reading;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** mod_unixd: the user and group that requests are served as. */
public final class UnixdModule implements HttpdModule {
    /** A name, or {@code #} and a number; empty where none is set. */
    public static final Setting<String> USER = perServer("User", "");

    public static final Setting<String> GROUP = perServer("Group", "");

    @Override
    public String id() {
        return "unixd_module";
    }

    @Override
    public String file() {
        return "mod_unixd.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "User",
                        MAIN_SERVER,
                        sets(USER, known("AH00543", "user", Path.of("/etc/passwd")))
                                .partly(
                                        "the one process takes the user as its effective id and keeps the right to go back,"
                                                + " so that a reload can read keys and open logs")),
                directive("Group", MAIN_SERVER, sets(GROUP, known("AH00544", "group", Path.of("/etc/group")))),
                directive("ChrootDir", MAIN_SERVER, chroot()),
                directive("Suexec", MAIN_SERVER, reads(Args.FLAG, (line, scope) -> {
                    if (line.words().get(0).text().equalsIgnoreCase("on")) {
                        throw new BadArgument("suEXEC isn't supported: no scripts are run as other users");
                    }
                })));
    }

    private static Arg<String> known(String number, String what, Path table) {
        return (word, line, scope) -> {
            if (id(word.text(), table).isEmpty()) {
                throw BadArgument.ofMachine(
                        number + ": " + Product.program() + ": bad " + what + " name " + word.text());
            }
            return word.text();
        };
    }

    /** The number of a user or group; {@code #12} is 12. */
    public static OptionalInt id(String name, Path table) {
        if (name.startsWith("#")) {
            return OptionalInt.of(Reading.atoi(name.substring(1)));
        }
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > 2 && fields[0].equals(name)) {
                    return OptionalInt.of(Integer.parseInt(fields[2]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    private static Directive.Does chroot() {
        Directive.Does refused = refused(Args.TAKE1, "the server cannot move its root");
        return new Directive.Does(
                Args.TAKE1,
                (line, scope) -> {
                    if (!Files.isDirectory(scope.resolve(line.words().get(0).text()))) {
                        throw BadArgument.ofMachine("ChrootDir must be a valid directory");
                    }
                    refused.effect().apply(line, scope);
                },
                refused.verdict(),
                List.of(),
                List.of());
    }
}
