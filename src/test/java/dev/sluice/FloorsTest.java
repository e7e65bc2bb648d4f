package dev.sluice;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The floors of src/docs/architecture.md: each leans only on those below it. */
final class FloorsTest {
    private static final String ROOT = "dev.sluice.";

    /** From the ground up. Rooms of one floor do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("source"),
            Set.of("model", "syntax"),
            Set.of("request", "connection", "expression", "directive"),
            Set.of("module", "wire"),
            Set.of("config", "modules"),
            Set.of("server", "lint"),
            Set.of("migrate"),
            Set.of("shell"),
            Set.of("cli"));

    /** Doors between rooms of one floor: who may know whom. */
    private static final Set<String> DOORS = Set.of("request -> connection", "connection -> request");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice");

    @Test
    void everyRoomHasItsFloor() {
        Set<String> rooms = classes.stream()
                .map(FloorsTest::room)
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet());

        Set<String> known = FLOORS.stream().flatMap(Set::stream).collect(Collectors.toSet());

        assertTrue(known.containsAll(rooms), () -> rooms + " (expected: some of " + known + ")");
    }

    @Test
    void eachFloorLeansOnlyOnThoseBelow() {
        ArchRule rule = ArchRuleDefinition.classes().should(leanOnLowerFloors());

        rule.check(classes);
    }

    @Test
    void moduleFoldersKnowNoOtherButCore() {
        ArchRule rule = ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.sluice.modules.*..")
                .should(stayInTheirModuleFolder());

        rule.check(classes);
    }

    @Test
    void onlySyntaxAndExpressionKnowAntlr() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("dev.sluice.syntax..", "dev.sluice.expression..")
                .should(dependOnClassesThat(DescribedPredicate.describe(
                        "are ANTLR's", other -> other.getPackageName().startsWith("org.antlr"))));

        rule.check(classes);
    }

    /** A rule that never fails proves nothing: the higher floor knows the lower one, so the reverse must be found. */
    @Test
    void aHigherFloorIsSeenFromBelow() {
        assertEquals(false, isBelow("source", "model") && isBelow("model", "source"));
        assertTrue(isBelow("source", "cli"));
        assertEquals(false, isBelow("cli", "source"));
        assertEquals(false, isBelow("config", "modules"));
    }

    private static ArchCondition<JavaClass> leanOnLowerFloors() {
        return new ArchCondition<>("lean only on lower floors") {
            @Override
            public void check(JavaClass each, ConditionEvents events) {
                String from = room(each);
                for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                    String to = room(dependency.getTargetClass());
                    boolean fine = from.isEmpty()
                            || to.isEmpty()
                            || from.equals(to)
                            || isBelow(to, from)
                            || DOORS.contains(from + " -> " + to);
                    if (!fine) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> stayInTheirModuleFolder() {
        return new ArchCondition<>("know no module folder but their own and core") {
            @Override
            public void check(JavaClass each, ConditionEvents events) {
                String own = folder(each);
                for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                    String other = folder(dependency.getTargetClass());
                    if (!other.isEmpty() && !other.equals(own) && !other.equals("core")) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isBelow(String lower, String upper) {
        return floor(lower) < floor(upper);
    }

    private static int floor(String room) {
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(room)) {
                return i;
            }
        }
        return FLOORS.size();
    }

    /** The first name behind dev.sluice; empty for classes that are not in the house. */
    private static String room(JavaClass each) {
        String name = each.getPackageName() + ".";
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).replaceFirst("\\..*", "") : "";
    }

    private static String folder(JavaClass each) {
        String modules = ROOT + "modules.";
        String name = each.getPackageName() + ".";
        return name.startsWith(modules) ? name.substring(modules.length()).replaceFirst("\\..*", "") : "";
    }
}
