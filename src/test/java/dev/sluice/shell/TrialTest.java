package dev.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.report.Paint;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.AllModules;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.server.TrialServer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain}, {@code try} and {@code compare}. */
final class TrialTest {
    private static final ErrorLog SILENT = new ErrorLog() {
        @Override
        public boolean keeps(Level level, String module) {
            return false;
        }

        @Override
        public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {}
    };

    private static final String CONF =
            """
            LoadModule mpm_event_module modules/mod_mpm_event.so
            LoadModule authz_core_module modules/mod_authz_core.so
            LoadModule alias_module modules/mod_alias.so
            LoadModule dir_module modules/mod_dir.so
            LoadModule headers_module modules/mod_headers.so
            LoadModule rewrite_module modules/mod_rewrite.so
            ServerName main.example
            Listen 8080
            ErrorLog logs/never-opened/error.log
            CustomLog logs/never-opened/access.log common
            DocumentRoot "@ROOT@/main"
            <VirtualHost *:8080>
                ServerName shop.example
                ServerAlias *.shop.example
                DocumentRoot "@ROOT@/shop"
                Header set X-Site shop
                Alias /doc "@ROOT@/doc"
                Redirect permanent /old /new
                RewriteEngine on
                RewriteRule ^/item/(\\d+)$ /items/$1.html
                RewriteRule ^/gone$ - [G]
                <Location /private>
                    Require all denied
                </Location>
            </VirtualHost>
            <VirtualHost 127.0.0.7:8080>
                ServerName wiki.example
                DocumentRoot "@ROOT@/wiki"
                Header set X-Site wiki
                <Directory "@ROOT@/wiki/closed">
                    Require all denied
                </Directory>
            </VirtualHost>
            """;

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private Path conf = Path.of("");

    @BeforeEach
    void write() throws IOException {
        for (String file : List.of(
                "main/index.html",
                "shop/index.html",
                "shop/items/7.html",
                "doc/a.txt",
                "wiki/index.html",
                "wiki/closed/x.html")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file + "\n");
        }
        conf = folder.resolve("httpd.conf");
        Files.writeString(conf, CONF.replace("@ROOT@", folder.toString()));
    }

    private ConfigLoader.Request request() {
        return new ConfigLoader.Request(folder.toString(), conf.toString(), List.of(), List.of(), Set.of(), Map.of());
    }

    private Shell shell() {
        Shell.Console console = new Shell.Console() {
            @Override
            public void say(String line) {
                said.addAll(line.lines().toList());
            }

            @Override
            public void flush() {}
        };
        ConfigLoader.Request request = request();
        return new Shell(new Session(() -> request), console, Paint.PLAIN, false);
    }

    /** What follows the label of a row of {@code explain}; the first where there are several. */
    private String row(String label) {
        return said.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElse("");
    }

    @Test
    void explainNamesHostPhasesAndTheLineBehindARewrite() {
        shell().run("explain http://www.shop.example:8080/item/7?x=1");

        assertEquals("<VirtualHost *:8080>  " + conf + ":12: it goes by the name www.shop.example", row("host"));
        assertTrue(
                said.stream()
                        .anyMatch(line ->
                                line.contains("applying pattern '^/item/(\\d+)$' to uri '/item/7'  " + conf + ":20")),
                said.toString());
        assertEquals("file " + folder + "/shop/items/7.html, 18 bytes", row("answer"));
    }

    @Test
    void explainFindsTheHostByTheAddressOfItsName() {
        shell().run("explain http://wiki.example:8080/closed/x.html");

        assertEquals("127.0.0.7:8080", row("address"));
        assertEquals("403", row("answer"));
        assertTrue(
                said.stream().anyMatch(line -> line.endsWith("Require all denied  " + conf + ":31")), said.toString());
    }

    @Test
    void nothingOfATrialOpensTheLogsOfTheServerThatRuns() {
        shell().run("explain http://shop.example:8080/; try http://shop.example:8080/");

        assertEquals(false, Files.exists(folder.resolve("logs")));
        assertTrue(said.contains("shop/index.html"), said.toString());
    }

    /** The proof that explain and the server are one: same host, same status, for generated requests. */
    @Test
    void explainSaysWhatTheServerThenDoes() {
        List<String> hosts = List.of("shop.example", "a.shop.example", "wiki.example", "other.example", "main.example");
        List<String> paths = List.of(
                "/",
                "/index.html",
                "/item/7",
                "/item/8",
                "/gone",
                "/old",
                "/old/x",
                "/older",
                "/doc/a.txt",
                "/doc",
                "/docs",
                "/private",
                "/private/x",
                "/privates",
                "/closed/x.html",
                "/closed",
                "/items/7.html",
                "/%2e%2e/x",
                "/a%2fb",
                "//doc//a.txt",
                "/doc/../index.html",
                "/%zz");
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String host = hosts.get(random.nextInt(hosts.size()));
            String path = paths.get(random.nextInt(paths.size())) + (random.nextInt(4) == 0 ? "?q=" + i : "");
            String method = random.nextInt(5) == 0 ? "HEAD" : "GET";
            String url = method + " 'http://" + host + ":8080" + path + "'";

            said.clear();
            shell().run("explain " + url);
            List<String> explained = List.copyOf(said);
            said.clear();
            shell().run("try " + url);

            String status = said.get(0).substring(0, 3);
            String site = said.stream()
                    .filter(line -> line.startsWith("x-site: "))
                    .map(line -> line.substring(8))
                    .findFirst()
                    .orElse("");
            String place = explained.stream()
                    .filter(line -> line.startsWith("host "))
                    .findFirst()
                    .orElse("");
            String answer = explained.stream()
                    .filter(line -> line.startsWith("answer"))
                    .map(line -> line.substring(6).strip())
                    .findFirst()
                    .orElse("");
            assertEquals(status, answer.matches("\\d+") ? answer : "200", () -> url + "\n" + explained + "\n" + said);
            if (status.equals("200")) {
                String expected = place.contains(":12:") ? "shop" : place.contains(":26:") ? "wiki" : "";
                assertEquals(expected, site, () -> url + "\n" + explained + "\n" + said);
            }
        }
    }

    /** Two configurations that differ in known places stand for Apache and Sluice. */
    @Test
    void compareFindsThePlantedDifferencesAndNoOthers() throws IOException, CannotStart, ConfigError {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String path = i % 400 == 3
                    ? "/old/" + i
                    : i % 500 == 7 ? "/new-page?n=" + i : i % 3 == 0 ? "/doc/a.txt?" + i : "/?n=" + i;
            log.append("shop.example:8080 192.0.2.7 - - [01/Jan/2026:00:00:00 +0000] \"GET ")
                    .append(path)
                    .append(" HTTP/1.1\" 200 12 \"-\" \"test\"\n");
        }
        log.append("shop.example:8080 192.0.2.7 - - [01/Jan/2026:00:00:00 +0000] \"POST /old HTTP/1.1\" 200 1\n");
        Files.writeString(folder.resolve("access.log"), log);
        String text = Files.readString(conf);
        Files.writeString(
                conf,
                text.replace(
                        "Redirect permanent /old /new",
                        "Redirect temp /old /new\nAlias /new-page \"" + folder + "/shop/index.html\""));

        try (TrialServer apache = TrialServer.start(
                ConfigLoader.loadOnly(
                        request(), AllModules.create(), line -> !line.name().endsWith("Log")),
                SILENT)) {
            Files.writeString(conf, text);
            InetSocketAddress at = apache.standIn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
            shell().run("compare -n 5000 --apache 127.0.0.1:" + at.getPort() + " --log "
                    + folder.resolve("access.log"));
        }

        Matcher summary =
                Pattern.compile("(\\d+) requests, (\\d+) answered otherwise").matcher(said.get(said.size() - 1));
        assertTrue(summary.matches(), said.toString());
        assertEquals("2000", summary.group(1));
        assertEquals("9", summary.group(2));
        Set<String> differing = said.stream()
                .filter(line -> line.startsWith("GET "))
                .map(line ->
                        line.split(" ", -1)[1].replaceFirst("http://[^/]*", "").replaceFirst("\\d+$", ""))
                .collect(Collectors.toSet());
        assertEquals(Set.of("/old/", "/new-page?n="), differing);
        assertTrue(said.contains("status 302 is 301  5"), said.toString());
    }
}
