package dev.sluice.modules.ssl;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Catalogue;
import dev.sluice.config.ConfigLoader;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SslDirectivesTest {
    @TempDir
    private Path root = Path.of("");

    /** The table has what Debian's apache2 2.4.71 says to each line, in each place. */
    @Test
    void complaintsAreHttpds() throws IOException {
        List<Executable> checks = table().<Executable>map(row -> () -> {
                    String line = row[1];
                    String in =
                            switch (row[0]) {
                                case "VirtualHost" -> "<VirtualHost *:1>\n" + line + "\n</VirtualHost>";
                                case "Location" -> "<Location /x>\n" + line + "\n</Location>";
                                default -> line;
                            };
                    String expected = row.length < 3 ? "" : row[2];

                    assertEquals(expected, lastLine(Loading.complaint(root, in)), row[0] + ": " + line);
                })
                .toList();

        assertTrue(checks.size() > 200);
        assertAll(checks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SSLOptions +FakeBasicAuth
            SSLCipherSuite HIGH
            SSLVerifyDepth 2
            """)
    void whatGuardsAccessAndIsNotDoneIsRefused(String line) throws IOException {
        String complaint = Loading.complaint(root, "<Location /x>\n" + line + "\n</Location>");

        assertTrue(complaint.contains("is not supported"), complaint);
    }

    @Test
    void warningsAreHttpds() throws Exception {
        ConfigLoader.Loaded loaded = Loading.load(root, "SSLProtocol all TLSv1.2\nSSLEngine optional");

        List<String> warnings = loaded.problems().stream()
                .filter(problem -> problem.finding().rule().equals(Findings.HTTPD_WARNING))
                .map(problem -> problem.finding().message())
                .toList();

        assertEquals(
                List.of(
                        "AH02532: SSLProtocol: Protocol 'TLSv1.2' overrides already set parameter(s). "
                                + "Check if a +/- prefix is missing.",
                        "AH10510: 'SSLEngine optional' is no longer supported"),
                warnings);
    }

    @Test
    void everyDirectiveOfTheModuleHasARowAndAVerdict() {
        Set<String> known = Catalogue.get()
                .rows()
                .filter(row -> row.modules().contains("mod_ssl.c"))
                .map(Catalogue.Row::name)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Directive> rows = new SslModule().directives();

        assertEquals(known, rows.stream().map(Directive::name).collect(Collectors.toCollection(TreeSet::new)));
        for (Directive row : rows) {
            Verdict verdict = row.does().verdict();
            assertEquals(verdict.kind() == Verdict.Kind.WORKS, verdict.reason().isEmpty(), row.name());
        }
    }

    private static String lastLine(String text) {
        return text.substring(text.strip().lastIndexOf('\n') + 1).strip();
    }

    private static Stream<String[]> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(SslDirectivesTest.class.getResourceAsStream("directives.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split("\t"));
        }
    }
}
