package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.directive.Line;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import dev.sluice.syntax.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String MPM = "LoadModule mpm_event_module modules/mod_mpm_event.so";

    @TempDir
    private Path root = Path.of("");

    private ConfigReader reader() {
        return new ConfigReader(
                LoadedModules.ofCatalogue(), root.toString(), List.of("STAGE"), Map.of("HOME", "/home/me", "NONE", ""));
    }

    private ReadConfiguration read(String text) throws ConfigError {
        return reader().before(List.of(MPM)).read(SourceFile.of("httpd.conf", text));
    }

    private ConfigError error(String text) {
        return assertThrows(ConfigError.class, () -> read(text));
    }

    /** Lines as they are executed, sections with braces. */
    private static String outline(List<Line> lines) {
        StringBuilder outline = new StringBuilder();
        for (Line line : lines) {
            outline.append(line.name()).append(' ').append(line.args());
            outline.append(line.isSection() ? " {" + outline(line.children()) + "} " : "; ");
        }
        return outline.toString().strip();
    }

    private void file(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }

    @Test
    void sectionsHaveTheLinesBetweenTheirTags() throws ConfigError {
        ReadConfiguration read = read("Listen 80\n<Location /x> # c\n SetEnv a b\n</LOCATION>\nSetEnv c d\n");

        assertEquals("Listen 80; Location /x {SetEnv a b;} SetEnv c d;", outline(read.lines()));
    }

    @Test
    void aWordOfAVariableHasThePlaceOfTheVariable() throws ConfigError {
        Line line = read("Define B \"x y\"\nHeader set X-A ${B}z\n").lines().get(0);

        assertEquals(
                List.of("set", "X-A", "x", "yz"),
                line.words().stream().map(Word::text).toList());
        List<String> places =
                line.words().stream().map(Word::span).map(Span::text).toList();
        assertEquals(List.of("set", "X-A", "${B}", "${B}z"), places);
        assertEquals("Header", line.nameSpan().text());
        assertEquals("Header set X-A ${B}z", line.span().text());
    }

    @Test
    void aWordBehindAJoinHasItsPlaceInTheFile() throws ConfigError {
        Line line = read("Header set \\\n  X-A 'b\\\nc'\n").lines().get(0);

        Word last = line.words().get(2);

        assertEquals("bc", last.text());
        assertEquals("'b\\\nc'", last.span().text());
        assertEquals(2, last.span().line());
        assertEquals(7, last.span().column());
        assertEquals(3, line.lineNumber());
    }

    @Test
    void aVariableIsADefineInAnyCaseOrTheEnvironment() throws ConfigError {
        ReadConfiguration read = read("Define Site a.example\nSetEnv ${SITE} ${HOME}${NONE}\nSetEnv ${home} ${a:b}\n");

        assertEquals("SetEnv a.example /home/me; SetEnv ${home} ${a:b};", outline(read.lines()));
        HttpdWarning warning = read.warnings().get(0);
        assertEquals("AH00111: Config variable ${home} is not defined", warning.text());
        assertEquals("core", warning.module());
        assertEquals("httpd.conf:3", String.valueOf(warning.diagnostic().span()));
        assertEquals(1, read.warnings().size());
    }

    @Test
    void includedFilesAreReadInTheOrderOfTheirNames() throws Exception {
        file("conf.d/b.conf", "SetEnv b 1\n");
        file("conf.d/a.conf", "SetEnv a 1\n");
        file("conf.d/.hidden.conf", "SetEnv hidden 1\n");
        file("tree/z", "SetEnv z 1\n");
        file("tree/deep/.dot", "SetEnv dot 1\n");

        ReadConfiguration read = read("Include conf.d/*.conf\nIncludeOptional none/*.conf\nInclude tree\n");

        assertEquals("SetEnv a 1; SetEnv b 1; SetEnv dot 1; SetEnv z 1;", outline(read.lines()));
        Line.At at = read.lines().get(0).at();
        assertEquals("line 1 of " + root + "/conf.d/a.conf", at.toString());
        assertEquals("line 1 of httpd.conf", String.valueOf(at.includedFrom()));
        assertEquals(5, read.files().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Include none.conf        | Could not open configuration file ROOT/none.conf: No such file or directory
            Include none/../x/./y    | Could not open configuration file ROOT/x/y: No such file or directory
            Include *.none           | Include/IncludeOptional: No matches for the wildcard '*.none' in 'ROOT', failing
            Include none/*.conf      | Include/IncludeOptional: Could not open directory ROOT/none: No such file or directory
            Include some/x           | Could not open configuration file ROOT/some/x: Not a directory
            IncludeOptional some/*   | Include/IncludeOptional: Could not open directory ROOT/some: Not a directory
            Include a b              | Include takes one argument, Name(s) of the config file(s) to be included; fails if the wildcard does not match at least one file
            Include loop             | Could not open configuration file ROOT/loop: Too many levels of symbolic links
            ServerRoot none          | ServerRoot must be a valid directory
            Define                   | Define takes 1-2 arguments, Define a variable, optionally to a value.  Same as passing -D to the command line.
            UnDefine a:b             | Variable name must not contain ':'
            LoadModule a             | LoadModule takes two arguments, a module name and the name of a shared object file to load it from
            LoadFile none.so         | Cannot load none.so into server: none.so: cannot open shared object file: No such file or directory
            LoadModule so_module x   | module so_module is built-in and can't be loaded
            """)
    void sayWhatHttpdSays(String line, String message) throws IOException {
        file("some", "");
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

        ConfigError error = error("\n" + line + "\n");

        assertEquals(
                "apache2: Syntax error on line 2 of httpd.conf: " + message.replace("ROOT", root.toString()),
                error.log("apache2"));
        assertEquals(line, Objects.requireNonNull(error.span()).text());
    }

    @Test
    void anIncludedFilesErrorIsToldWithTheIncludeLine() throws IOException {
        file("a.conf", "\nInclude b.conf\n");
        file("b.conf", "</Location>\n");

        ConfigError error = error("Include a.conf\n");

        assertEquals(
                "Syntax error on line 1 of httpd.conf: Syntax error on line 2 of " + root
                        + "/a.conf: Syntax error on line 1 of " + root
                        + "/b.conf: </Location> without matching <Location> section",
                error.message());
        assertEquals("line 1 of " + root + "/b.conf", String.valueOf(error.at()));
        assertEquals("</Location>", Objects.requireNonNull(error.span()).text());
    }

    @Test
    void aFileThatIncludesItselfIsFound() throws IOException {
        file("a.conf", "Include a.conf\n");

        ConfigError error = error("Include a.conf\n");

        assertTrue(error.message().endsWith("Exceeded maximum include depth of 128, There appears to be a recursion."));
    }

    @Test
    void aModuleOfItsIdIsLoadedWhateverItsFile() throws ConfigError {
        ReadConfiguration read = read(
                """
                LoadModule ssl_module none/mod_ssl.so
                <IfModule mod_ssl.c>
                SetEnv a b
                </IfModule>
                LoadModule log_config_module modules/mod_log_config.so
                LoadModule ssl_module x
                """);

        assertEquals("SetEnv a b;", outline(read.lines()));
        assertEquals(
                List.of("AH01574: module ssl_module is already loaded, skipping"),
                read.warnings().stream().map(HttpdWarning::text).toList());
    }

    @Test
    void aModuleThatIsNotHttpdsOwnIsRefusedWithAHint() throws IOException {
        file("modules/mod_php.so", "x");

        ConfigError missing = error("LoadModule foo_module modules/mod_foo.so\n");
        ConfigError there = error("LoadModule php_module modules/mod_php.so\n");

        String open = ": cannot open shared object file: No such file or directory";
        assertEquals(
                "Syntax error on line 1 of httpd.conf: Cannot load modules/mod_foo.so into server: " + root
                        + "/modules/mod_foo.so" + open,
                missing.message());
        assertTrue(there.message().contains("Can't locate API module structure `php_module' in file " + root));
        assertNotNull(missing.hint());
        assertNotNull(there.hint());
    }

    @Test
    void withoutAnMpmOrWithTwoNothingStarts() {
        ConfigError none = assertThrows(ConfigError.class, () -> reader().read(SourceFile.of("httpd.conf", "")));
        ConfigError two = error("LoadModule mpm_worker_module x.so\n");

        assertEquals("AH00534: apache2: Configuration error: No MPM loaded.", none.log("apache2"));
        assertEquals("AH00534: apache2: Configuration error: More than one MPM loaded.", two.log("apache2"));
        assertEquals(ConfigError.Phase.MODULES, none.phase());
    }

    @Test
    void linesOfTheCommandLineStandBeforeAndBehindTheFile() throws ConfigError {
        ReadConfiguration read = reader().before(List.of(MPM, "Define A 1"))
                .after(List.of("SetEnv c ${A}", "<Location /x>", "</Location>"))
                .read(SourceFile.of("httpd.conf", "SetEnv b ${A}\nDefine A 2\n"));

        assertEquals("SetEnv b 1; SetEnv c 2; Location /x {}", outline(read.lines()));
        assertEquals("line 1 of -c/-C directives", read.lines().get(1).at().toString());
    }

    @Test
    void anErrorInTheCommandLineNamesNoLine() {
        ConfigReader reader = reader().before(List.of("</Foo>"));

        ConfigError error = assertThrows(ConfigError.class, () -> reader.read("httpd.conf"));

        assertEquals(
                "httpd: Syntax error in -C/-c directive: </Foo> without matching <Foo> section", error.log("httpd"));
    }

    @Test
    void aMainFileThatIsNotThereIsNamedInFull() {
        ConfigError error = assertThrows(ConfigError.class, () -> reader().read("conf/httpd.conf"));

        assertEquals(
                "httpd: Could not open configuration file " + root + "/conf/httpd.conf: No such file or directory",
                error.log("httpd"));
        assertNull(error.at());
    }

    @Test
    void aDirectoryIsNoMainFile() {
        ConfigReader reader = reader();

        ConfigError error = assertThrows(ConfigError.class, () -> reader.read("."));

        assertTrue(error.message().endsWith("Bad file descriptor"), error.message());
        assertEquals(
                "AH00554: Access to file " + root + " denied by server: not a regular file",
                reader.warnings().get(0).text());
    }

    @Test
    void theServerRootOfTheFileCountsFromItsLineOn() throws Exception {
        file("a.conf", "SetEnv outer 1\n");
        file("sub/a.conf", "SetEnv inner 1\n");

        ReadConfiguration read = read("Include a.conf\nServerRoot " + root + "/sub/\nInclude a.conf\n");

        assertEquals("SetEnv outer 1; SetEnv inner 1;", outline(read.lines()));
        assertEquals(root + "/sub", read.serverRoot().replaceAll("/$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            <IfDefine STAGE>       | true
            <IfDefine stage>       | false
            <IfDefine ! STAGE>     | false
            <IfModule mod_so.c>    | true
            <IfModule !so_module>  | false
            <IfFile there>         | true
            <IfFile none>          | false
            <IfDirective listen>   | true
            <IfDirective SSLEngine>| false
            <IfSection location>   | true
            <IfSection Listen>     | false
            <IfVersion >= 2.4>     | true
            <IfVersion !~ ^2>      | false
            <IfVersion 2.4.71 >    | true
            <IfVersion = /4\\.7/>  | true
            <IfVersion < 2.4.71>   | false
            <IfVersion <= 2..71>   | false
            """)
    void aConditionDecidesWhetherItsLinesAreRead(String condition, boolean holds) throws Exception {
        file("there", "");
        String name = condition.substring(1, condition.indexOf(' '));

        ReadConfiguration read = read(condition + "\nSetEnv a b\n</" + name + ">\n");

        assertEquals(holds ? "SetEnv a b;" : "", outline(read.lines()));
    }

    @Test
    void aMacroIsReadInThePlaceOfItsUse() throws ConfigError {
        ReadConfiguration read = read(
                """
                LoadModule macro_module m.so
                <Macro Host $name $port>
                <VirtualHost *:$port>
                ServerName $name
                </VirtualHost>
                </Macro>
                Use host a.example 80
                SetEnv a b
                """);

        assertEquals("VirtualHost *:80 {ServerName a.example;} SetEnv a b;", outline(read.lines()));
        Line name = read.lines().get(0).children().get(0);
        assertEquals(
                "line 2 of macro 'host' (defined on line 2 of \"httpd.conf\") used on line 7 of \"httpd.conf\"",
                name.at().toString());
        assertEquals("$name", name.words().get(0).span().text());
        assertEquals("line 8 of httpd.conf", read.lines().get(1).at().toString());
    }

    @Test
    void aFunctionInLuaIsNoConfiguration() throws ConfigError {
        ReadConfiguration read = read(
                """
                LoadModule lua_module m.so
                <LuaHookFixups>
                if a < b then <x>
                </luahookfixups>
                SetEnv a b
                """);

        assertEquals("LuaHookFixups  {} SetEnv a b;", outline(read.lines()));
    }

    @Test
    void anErrorOfALineIsToldInTwoLines() throws ConfigError {
        Line line = read("\nOptions B\\us\u00e4\n").lines().get(0);

        ConfigError error = ConfigError.execution(line, "Illegal option B\\us\u00e4", null, null);

        assertEquals("AH00526: Syntax error on line 2 of httpd.conf:\nIllegal option B\\\\us\\xe4", error.log("httpd"));
    }

    @Test
    void thousandsOfNestedSectionsAndConditionsAreRead() throws ConfigError {
        String text = "<IfDefine STAGE>\n".repeat(20_000) + "SetEnv a b\n" + "</IfDefine>\n".repeat(20_000)
                + "<IfDefine NONE>\n" + "<a>\n".repeat(20_000) + "</a>\n".repeat(20_000) + "</IfDefine>\n";

        assertEquals("SetEnv a b;", outline(read(text).lines()));
    }

    @Test
    void whateverTheBytesOnlyAConfigErrorComesOut() {
        Random random = new Random(71);
        String[] parts = {
            "Define A ",
            "Use M ",
            "<Macro M $x>\n",
            "</Macro>\n",
            "<IfDefine A>\n",
            "</IfDefine>\n",
            "Include ",
            "<Foo ",
            "</Foo>\n",
            "<IfVersion ",
            "LoadModule ",
            "ServerRoot ",
            "${A}",
            "${",
            "\"",
            "'",
            "\\\n",
            "\\",
            ">",
            "<",
            "\n",
            " ",
            "\0",
            "\u00ff",
            "$x",
            "#",
            "*",
            "[",
            "!",
            "\r\n",
            "<IfModule ",
            "UndefMacro ",
            "IncludeOptional "
        };
        int errors = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder soup = new StringBuilder("LoadModule macro_module m.so\n");
            for (int j = random.nextInt(60); j > 0; j--) {
                soup.append(
                        random.nextInt(8) == 0 ? "" + (char) random.nextInt(256) : parts[random.nextInt(parts.length)]);
            }
            try {
                read(soup.toString());
            } catch (ConfigError e) {
                assertTrue(e.log("httpd").startsWith("httpd: Syntax error on line "), soup::toString);
                errors++;
            }
        }
        assertTrue(errors > 500 && errors < 2_000, errors + " errors");
    }
}
