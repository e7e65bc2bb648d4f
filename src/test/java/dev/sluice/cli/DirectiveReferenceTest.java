package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Golden;
import dev.sluice.config.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectiveReferenceTest {
    @Test
    void thePageInTheDocumentsIsTheOneThatIsPrinted() {
        Golden.assertSame("src/docs/directives.md", String.join("\n", DirectiveReference.page()) + "\n");
    }

    @Test
    void thePageHasEveryDirective() {
        List<String> lines = DirectiveReference.page();

        assertTrue(Catalogue.get().rows().allMatch(row -> lines.stream()
                .anyMatch(line -> line.startsWith("| `" + row.name() + (row.isSection() ? ">" : "") + "` |"))));
    }
}
