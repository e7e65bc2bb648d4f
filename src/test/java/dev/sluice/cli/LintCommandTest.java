package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @TempDir
    Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Launched lint(String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = "lint";
        System.arraycopy(words, 0, all, 1, words.length);
        return Launched.run(folder, "sluice", all);
    }

    @Test
    void whereNothingIsFoundTheCodeIsZero() throws Exception {
        Launched lint = lint(write("site.conf", "SetEnv A b\n"));

        assertEquals(0, lint.code(), lint.err());
        assertTrue(lint.out()
                .endsWith("site.conf: nothing to say (read without its main file: every module counts as loaded)\n"));
    }

    @Test
    void theThresholdDecidesWhatIsShownAndTheCode() throws Exception {
        String file = write("site.conf", "MaxClients 5\n");

        Launched warnings = lint(file);
        Launched notes = lint("--severity", "note", "--rule=deprecated", file);

        assertEquals(0, warnings.code());
        assertFalse(warnings.out().contains("MaxRequestWorkers"));
        assertEquals(1, notes.code());
        assertTrue(notes.out().contains("note: 'MaxClients' is called MaxRequestWorkers"));
        assertFalse(notes.out().contains("\u001b"), "colours belong on a terminal");
    }

    @Test
    void aRuleAloneIsLookedForWhereItIsNamed() throws Exception {
        String file = write("site.conf", "Nonsense\nSetEnv A=b\n");

        Launched lint = lint("--rule", "setenv-equals", file);

        assertTrue(lint.out().contains("[setenv-equals]"));
        assertFalse(lint.out().contains("[unknown-directive]"));
    }

    @Test
    void aRuleMayBeLeftOut() throws Exception {
        String file = write("site.conf", "Nonsense\nSetEnv A=b\n");

        Launched lint = lint("--except", "setenv-equals", file);

        assertFalse(lint.out().contains("[setenv-equals]"));
        assertTrue(lint.out().contains("[unknown-directive]"));
    }

    @Test
    void aRuleThatIsMisspelledIsGuessed() throws Exception {
        Launched lint = lint("--rule", "setenv-equal", "x");

        assertTrue(lint.err().startsWith("sluice lint: 'setenv-equal' is no rule: did you mean 'setenv-equals'?\n"));
    }

    @Test
    void ofAFolderOnlyFilesWithFindingsAreNamed() throws Exception {
        write("good.conf", "SetEnv A b\n");
        write("bad.conf", "SetEnv A=b\n");

        Launched lint = lint(folder.toString());

        assertFalse(lint.out().contains("good.conf"), lint.out());
        assertTrue(lint.out().endsWith("\n2 files: 1 warning\n"), lint.out());
    }

    @Test
    void aDryRunShowsTheDiffAndWritesNothing() throws Exception {
        String text = "SetEnv A b\nSetEnv B=c\n";
        String file = write("site.conf", text);

        Launched lint = lint("--fix", "--dry-run", file);

        assertTrue(lint.out().contains("@@ -1,2 +1,2 @@\n SetEnv A b\n-SetEnv B=c\n+SetEnv B c\n"), lint.out());
        assertEquals(text, Files.readString(Path.of(file)));
        assertEquals(1, lint.code());
    }

    @Test
    void fixesAreMadeUntilNoneIsLeft() throws Exception {
        String file = write(
                "site.conf",
                """
                <VirtualHost *:80>
                  ServerName a
                  ServerAdmin x@a
                  ServerAdmin y@a
                  ServerAdmin z@a
                </VirtualHost>
                """);

        Launched lint = lint("--fix", file);

        assertEquals(0, lint.code(), lint.out());
        assertTrue(lint.out().startsWith("2 fixes made\n"), lint.out());
        assertEquals(
                "<VirtualHost *:80>\n  ServerName a\n  ServerAdmin z@a\n</VirtualHost>\n",
                Files.readString(Path.of(file)));
    }

    @Test
    void ofAFolderTheMainFileIsReadFirstAndItsPartsWithIt() throws Exception {
        write("httpd.conf", "LoadModule mpm_event_module m\nServerName a\nInclude part.conf\n");
        write("part.conf", "Nonsense\n");
        write("other.conf", "Foolery\n");

        Launched lint = lint(folder.toString());

        assertEquals(1, lint.out().split("Nonsense'", -1).length - 1, lint.out());
        assertTrue(lint.out().contains("included from"));
        assertTrue(lint.out().contains("Foolery"));
    }

    @Test
    void withAMainFileOnlyWhatItSaysOfThePathsIsShown() throws Exception {
        String main = write("httpd.conf", "LoadModule mpm_event_module m\nServerName a\nNonsense\nInclude part.conf\n");
        String part = write("part.conf", "Header set A b\n");

        Launched lint = lint("-f", main, part);

        assertTrue(lint.out().contains("directive of mod_headers.c, which is not loaded"), lint.out());
        assertFalse(lint.out().contains("Nonsense"));
    }

    @Test
    void whatCannotBeDoneIsTold() throws Exception {
        assertEquals(2, lint().code());
        assertEquals(2, lint("--no-such-option", "x").code());
        assertEquals(2, lint("--rule", "no-such-rule", "x").code());
        assertEquals(2, lint("/no/such/file").code());
        assertEquals(
                "sluice lint: '/no/such/file' is neither a file nor a folder\n",
                lint("/no/such/file").err());
    }

    @Test
    void aRuleIsExplainedWithItsSamples() throws Exception {
        Launched lint = lint("--explain", "redirect-slashes");

        assertEquals(0, lint.code());
        assertTrue(lint.out().startsWith("redirect-slashes: A Redirect whose path ends in a slash"), lint.out());
        assertTrue(lint.out().contains("\nBad:\n    <VirtualHost *:80>\n"));
        assertTrue(lint.out().contains("\nGood:\n    <VirtualHost *:80>\n"));
    }
}
