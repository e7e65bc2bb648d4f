package dev.sluice.lint.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.Fixes;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Review;
import dev.sluice.source.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @TempDir
    Path folder;

    /** A file in UTF-8 with findings of all kinds, and one that it includes. */
    private Review review() throws IOException {
        write("part.conf", "ServreName x\n");
        Path file = write(
                "httpd site.conf",
                """
                <VirtualHost *:80>
                \tServerName w\u00e9.example.com
                  ErrorLog \u00e9.log
                  ErrorLog b.log
                  Order allow,deny
                </VirtualHost>
                <VirtualHost *:80>
                  ServerName w\u00e9.example.com
                </VirtualHost>
                Include part.conf
                <Directory /srv>
                  Order allow,deny
                  Allow from all
                  Require all granted
                </Directory>
                MaxClients 7
                """);
        return new Linter(true, id -> true)
                .review(new ConfigLoader.Request(
                        folder.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String shown(String name) {
        return name.replace(folder + "/", "");
    }

    @Test
    void sarifIsAsItsSchemaHasIt() throws IOException {
        Review review = review();

        JsonNode log = new ObjectMapper().readTree(new SarifReport("1.0.0", folder, rule -> "").of(List.of(review)));

        assertEquals(Set.of(), schema().validate(log));
        JsonNode results = log.at("/runs/0/results");
        assertEquals(review.findings().size(), results.size());
        assertTrue(results.size() > 5, results.toString());
        for (JsonNode result : results) {
            String id = log.at("/runs/0/tool/driver/rules/"
                            + result.get("ruleIndex").asInt() + "/id")
                    .asText();
            assertEquals(result.get("ruleId").asText(), id);
        }
        assertTrue(results.toString().contains("\"uri\":\"httpd%20site.conf\",\"uriBaseId\":\"SRCROOT\""));
        assertTrue(results.toString().contains("\"fixes\""));
    }

    @Test
    void whatTheSchemaRefusesIsRefused() throws IOException {
        JsonNode broken = new ObjectMapper().readTree("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[]}]}");

        assertFalse(schema().validate(broken).isEmpty());
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(Objects.requireNonNull(in));
        }
    }

    @Test
    void jsonHasAllThatTextHas() throws IOException {
        Review review = review();

        JsonNode document = new ObjectMapper().readTree(new JsonReport(this::shown).of(List.of(review)));

        JsonNode findings = document.get("findings");
        assertEquals(review.findings().size(), findings.size());
        JsonNode name = find(findings, "server-name-duplicate");
        assertEquals("httpd site.conf 8 14 8 28", place(name));
        assertEquals("'w\u00e9.example.com'", name.get("message").asText().substring(0, 16));
        assertEquals("httpd site.conf 2 13 2 27", place(name.get("notes").get(0)));
        assertEquals(
                "{\"file\":\"httpd site.conf\",\"line\":10}",
                find(findings, "unknown-directive").get("includedFrom").get(0).toString());
        assertEquals(
                "MaxRequestWorkers",
                find(findings, "deprecated").at("/fix/edits/0/replacement").asText());
    }

    private static JsonNode find(JsonNode findings, String rule) {
        for (JsonNode finding : findings) {
            if (finding.get("rule").asText().equals(rule)) {
                return finding;
            }
        }
        throw new AssertionError(rule + " is not in " + findings);
    }

    private static String place(JsonNode json) {
        return json.get("file").asText() + " " + json.get("line") + " " + json.get("column") + " " + json.get("endLine")
                + " " + json.get("endColumn");
    }

    @Test
    void textShowsLineCaretNotesFixAndChain() throws IOException {
        Review review = review();

        String text = text(review, "directive-repeated")
                + text(review, "unknown-directive")
                + text(review, "server-name-duplicate");

        assertEquals(
                """
                httpd site.conf:3:3: warning: this has no effect: further down it is 'ErrorLog b.log', and the last line counts [directive-repeated]
                    3 |   ErrorLog \u00e9.log
                      |   ^~~~~~~~~~~~~~
                      = note: the last one
                        httpd site.conf:4:3: ErrorLog b.log
                      = fix: drop the first
                    3 -   ErrorLog \u00e9.log

                part.conf:1:1: error: Invalid command 'ServreName', perhaps misspelled or defined by a module not included in the server configuration [unknown-directive]
                    1 | ServreName x
                      | ^~~~~~~~~~
                      = help: did you mean 'ServerName'?
                    1 - ServreName x
                    1 + ServerName x
                      = included from httpd site.conf:10

                httpd site.conf:8:14: warning: 'w\u00e9.example.com' is the name of an earlier virtual host of '*:80', which gets all its requests [server-name-duplicate]
                    8 |   ServerName w\u00e9.example.com
                      |              ^~~~~~~~~~~~~~
                      = note: the earlier one
                        httpd site.conf:2:13: ServerName w\u00e9.example.com

                """,
                text);
    }

    private String text(Review review, String rule) {
        List<String> lines = new ArrayList<>();
        for (Diagnostic finding : review.findings()) {
            if (finding.rule().id().equals(rule)) {
                lines.addAll(new TextReport(Paint.PLAIN, this::shown).lines(finding, review));
            }
        }
        String bytes = String.join("\n", lines) + "\n";
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void theDiffIsOneThatPatchTakes() throws Exception {
        Review review = review();
        Path file = folder.resolve("httpd site.conf");
        Fixes fixes = Fixes.of(review.findings());
        Path diff = folder.resolve("diff");
        List<String> lines = new TextReport(Paint.PLAIN, this::shown).diff(fixes);
        Files.write(diff, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));

        Process patch = new ProcessBuilder("git", "apply", "--unsafe-paths", "-p0", "diff")
                .directory(folder.toFile())
                .inheritIO()
                .start();

        assertEquals(0, patch.waitFor());
        String wanted = fixes.changed(fixes.files().get(0));
        assertEquals(wanted, Files.readString(file, StandardCharsets.ISO_8859_1));
        assertTrue(fixes.count() >= 3, lines.toString());
    }

    @Test
    void coloursAreThereOnlyWhereTheyAreAskedFor() throws IOException {
        Review review = review();
        Diagnostic first = review.findings().get(0);

        String plain = String.join("", new TextReport(Paint.PLAIN, this::shown).lines(first, review));
        String coloured = String.join("", new TextReport(Paint.COLOURED, this::shown).lines(first, review));

        assertFalse(plain.contains("\u001b"));
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
        assertTrue(coloured.contains("\u001b[1;"));
    }
}
