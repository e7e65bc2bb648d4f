package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bin/compile-commands}: the JVM passes over a name that it does not know. */
final class CompileCommandsTest {
    private static final String COMMAND = "dontinline ";

    @Test
    void everyMethodThatIsNamedExists() throws Exception {
        List<String> named = Files.readAllLines(Path.of("bin/compile-commands")).stream()
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> line.substring(COMMAND.length()))
                .toList();

        List<String> unknown = new ArrayList<>();
        for (String name : named) {
            if (!exists(name)) {
                unknown.add(name);
            }
        }

        assertTrue(named.size() > 10);
        assertEquals(List.of(), unknown);
    }

    private static boolean exists(String name) {
        String[] parts = name.split("::");
        try {
            Class<?> type = Class.forName(parts[0], false, CompileCommandsTest.class.getClassLoader());
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(parts[1]));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
