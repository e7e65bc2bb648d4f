package dev.sluice.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.config.Catalogue;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Place;
import dev.sluice.directive.Verdict;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowsTest {
    /** Their effects look at the place themselves: inside a directory they give another setting, or none. */
    /** Its bits do not admit it at server level, whatever the manual says. */
    private static final Set<String> NOT_AS_DOCUMENTED = Set.of("DAVGenericLockDB", "BufferSize");

    private static final Set<String> LOOK_WHERE_THEY_STAND = Set.of(
            "LogLevel",
            "H2Upgrade",
            "SSLCipherSuite",
            "SSLCACertificateFile",
            "SSLCACertificatePath",
            "SSLVerifyDepth");

    private static final Place IN_DIRECTORY = Place.TOP.inside("Directory", Place.Kind.DIRECTORY);

    @Test
    void everyRowIsOneThatHttpdHas() {
        List<String> unknown = new ArrayList<>();

        forEachRow((module, directive) -> {
            if (catalogued(module, directive).isEmpty()) {
                unknown.add(module.file() + " " + directive.name());
            }
        });

        assertEquals(List.of(), unknown);
    }

    @Test
    void everyRowTakesAsManyWordsAsHttpds() {
        List<String> wrong = new ArrayList<>();

        forEachRow((module, directive) -> catalogued(module, directive).ifPresent(row -> {
            if (!sameArguments(directive.does().args(), row.argsHow())) {
                wrong.add(directive.name() + ": " + directive.does().args() + " (expected: " + row.argsHow() + ")");
            }
        }));

        assertEquals(List.of(), wrong);
    }

    @Test
    void everyRowStandsWhereHttpdsDoes() {
        List<String> wrong = new ArrayList<>();

        forEachRow((module, directive) -> catalogued(module, directive).ifPresent(row -> {
            Set<String> places = places(directive);
            Set<String> expected = places(row);
            if (!row.flags().isEmpty() && !places.equals(expected)) {
                wrong.add(directive.name() + ": " + places + " (expected: " + expected + " of " + row.flags() + ")");
            }
        }));

        assertEquals(List.of(), wrong);
    }

    /** A per-server setting that is given inside a directory has nowhere to go. */
    @Test
    void noRowOfADirectoryGivesASettingOfTheServerAlone() {
        List<String> wrong = new ArrayList<>();

        forEachRow((module, directive) -> {
            Set<Setting.Holder> holders = EnumSet.noneOf(Setting.Holder.class);
            directive.does().gives().forEach(setting -> holders.add(setting.holder()));
            boolean serverAlone = holders.equals(EnumSet.of(Setting.Holder.SERVER));
            boolean inside = directive.places().admit(IN_DIRECTORY, directive.name());
            if (serverAlone && inside && !LOOK_WHERE_THEY_STAND.contains(directive.name())) {
                wrong.add(directive.name());
            }
        });

        assertEquals(List.of(), wrong);
    }

    @Test
    void whatDoesNotWorkSaysWhy() {
        forEachRow((module, directive) -> {
            Verdict verdict = directive.does().verdict();
            if (verdict.kind() != Verdict.Kind.WORKS) {
                assertFalse(verdict.reason().isBlank(), directive.name());
            }
        });
    }

    private interface RowCheck {
        void check(HttpdModule module, Directive directive);
    }

    private static void forEachRow(RowCheck check) {
        for (HttpdModule module : AllModules.create()) {
            for (Directive directive : module.directives()) {
                check.check(module, directive);
            }
        }
    }

    private static Optional<Catalogue.Row> catalogued(HttpdModule module, Directive directive) {
        return Catalogue.get().rows(directive.name()).stream()
                .filter(row -> row.modules().contains(module.file()))
                .findFirst();
    }

    private static boolean sameArguments(Args args, String expected) {
        return args.name().equals(expected);
    }

    /** Where it is admitted: at server level, in a directory, by a class of AllowOverride. */
    private static Set<String> places(Directive directive) {
        Set<String> places = new TreeSet<>();
        if (directive.places().admit(Place.TOP, directive.name())) {
            places.add("RSRC_CONF");
        }
        if (directive.places().admit(IN_DIRECTORY, directive.name())) {
            places.add("ACCESS_CONF");
        }
        directive.places().classes().forEach(each -> places.add("OR_" + flag(each.word())));
        return places;
    }

    /** The same of httpd's bits. PROXY_CONF, for {@code <Proxy>} alone, is not among them. */
    private static Set<String> places(Catalogue.Row row) {
        Set<String> places = new TreeSet<>(List.of(row.flags().split("\\|")));
        places.removeAll(List.of("EXEC_ON_READ", "PROXY_CONF"));
        if (places.remove("OR_ALL")) {
            places.addAll(List.of("OR_LIMIT", "OR_OPTIONS", "OR_FILEINFO", "OR_AUTHCFG", "OR_INDEXES"));
        }
        boolean classes = places.stream().anyMatch(bit -> bit.startsWith("OR_"));
        boolean documented = row.contexts().contains("server config") && !NOT_AS_DOCUMENTED.contains(row.name());
        if (documented || places.stream().anyMatch(Set.of("OR_OPTIONS", "OR_FILEINFO", "OR_INDEXES")::contains)) {
            places.add("RSRC_CONF");
        }
        if (classes) {
            places.add("ACCESS_CONF");
        }
        return places;
    }

    private static String flag(String word) {
        return word.equals("AuthConfig") ? "AUTHCFG" : word.toUpperCase(Locale.ROOT);
    }
}
