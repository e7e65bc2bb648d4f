package dev.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.report.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private Path conf = Path.of("");

    @BeforeEach
    void write() throws IOException {
        conf = folder.resolve("httpd.conf");
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                LoadModule alias_module modules/mod_alias.so
                LoadModule proxy_module modules/mod_proxy.so
                LoadModule proxy_http_module modules/mod_proxy_http.so
                ServerName main.example
                ErrorLog error.log
                Listen 8080
                <VirtualHost *:8080>
                    ServerName Shop.example
                    ServerAlias www.shop.example
                    Alias /doc /usr/share/doc
                    ProxyPass /app http://127.0.0.1:9000/app
                    ProxyPassReverse /app http://127.0.0.1:9000/app
                </VirtualHost>
                <VirtualHost *:8080>
                    ServerName wiki.example
                    Alias /a/ /usr/share/doc
                    ProxyPass /b http://127.0.0.1:9000/b
                    ProxyPassReverse /b http://127.0.0.1:9000/b
                </VirtualHost>
                """);
    }

    private Shell shell(boolean json) {
        Shell.Console console = new Shell.Console() {
            @Override
            public void say(String line) {
                said.addAll(line.lines().toList());
            }

            @Override
            public void flush() {}
        };
        ConfigLoader.Request request =
                new ConfigLoader.Request(folder.toString(), conf.toString(), List.of(), List.of(), Set.of(), Map.of());
        return new Shell(new Session(() -> request), console, Paint.PLAIN, json);
    }

    /** What {@code commands} print, with the folder's name left out. */
    private List<String> said(String commands) {
        shell(false).run(commands);
        return said.stream()
                .map(line -> line.replace(folder + "/", "").replaceAll("^ {40,}", " ".repeat(15)))
                .toList();
    }

    @Test
    void sitesAreVirtualHostsByNameAndTheMainServer() {
        assertEquals(
                List.of(
                        "SITE          ADDRESSES  TLS UNTIL  ROUTES  FINDINGS",
                        "shop.example  *:8080     -          2       -",
                        "wiki.example  *:8080     -          2       1 warning",
                        "(main)        *:8080     -          0       -"),
                said("sites"));
    }

    @Test
    void routesComeInTheOrderInWhichHttpdAsks() {
        assertEquals(
                List.of(
                        "ADDRESS  FROM  TO                         BY         PLACE",
                        "*:8080   /app  http://127.0.0.1:9000/app  ProxyPass  httpd.conf:13",
                        "*:8080   /doc  /usr/share/doc             Alias      httpd.conf:12"),
                said("routes www.shop.example"));
    }

    @Test
    void aSiteIsShownLineByLineWithPlaces() {
        assertEquals(
                List.of(
                        "httpd.conf:16  <VirtualHost *:8080>",
                        "httpd.conf:17      ServerName wiki.example",
                        "httpd.conf:18      Alias /a/ /usr/share/doc",
                        "httpd.conf:19      ProxyPass /b http://127.0.0.1:9000/b",
                        "httpd.conf:20      ProxyPassReverse /b http://127.0.0.1:9000/b",
                        "               </VirtualHost>"),
                said("show wiki"));
    }

    @Test
    void backendsAreListedOnceWithEveryLineThatLeadsThere() {
        assertEquals(
                List.of(
                        "BACKEND                BALANCERS  SITES                      LINES",
                        "http://127.0.0.1:9000             shop.example wiki.example  httpd.conf:13 httpd.conf:19"),
                said("backends"));
    }

    @Test
    void lintOfASiteLeavesOutWhatIsAboutOthers() {
        assertEquals(0, shell(false).run("lint shop.example"));
        assertEquals(1, shell(false).run("lint wiki.example"));
    }

    @Test
    void aTableIsJsonWhereThatIsAskedFor() {
        shell(true).run("backends");

        assertEquals("    \"backend\": \"http://127.0.0.1:9000\",", said.get(2));
    }

    @Test
    void fixAsksFirstAndWithoutAnybodyToAskChangesNothing() throws IOException {
        String before = Files.readString(conf);

        said("fix alias-slashes");

        assertTrue(said.contains("+    Alias /a/ /usr/share/doc/"), said.toString());
        assertEquals(before, Files.readString(conf));
    }

    @Test
    void fixMakesTheChangeThatItShows() throws IOException {
        said("fix alias-slashes --yes; lint wiki.example");

        assertTrue(Files.readString(conf).contains("Alias /a/ /usr/share/doc/\n"));
        assertEquals("nothing was found", said.get(said.size() - 1));
    }

    @Test
    void diffShowsWhatChangedSinceTheFilesWereRead() throws IOException {
        Shell shell = shell(false);
        assertEquals(0, shell.run("diff"));

        Files.writeString(conf, Files.readString(conf).replace("/doc /usr", "/docs /usr"));

        assertEquals(1, shell.run("diff"));
        assertTrue(said.contains("+    Alias /docs /usr/share/doc"), said.toString());
        assertEquals(0, shell.run("reload; diff"));
    }

    @Test
    void aScriptGoesOnBehindACommandThatMakesNoSenseAndEndsWithItsCode() throws IOException {
        int code = shell(false).run(new BufferedReader(new StringReader("shows\nroutes\nsites\nexit\nlint\n")));

        assertEquals(2, code);
        assertEquals("'shows' is no command here (did you mean 'show'?); 'help' lists them", said.get(0));
        assertEquals(List.of("routes: a site has to be named", "usage: routes SITE"), said.subList(1, 3));
        assertTrue(said.get(said.size() - 1).startsWith("(main)"));
    }

    @Test
    void checkSaysWhichSitesAreReady() throws IOException {
        Files.writeString(
                conf,
                Files.readString(conf).replace("ServerName wiki.example", "ServerName wiki.example\nphp_value a b"));

        assertEquals(1, shell(false).run("check"));

        assertEquals("  2 sites: 1 ready; 1 not ready", said.get(1));
    }
}
