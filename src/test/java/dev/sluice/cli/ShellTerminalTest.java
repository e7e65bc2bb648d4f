package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice shell} in a terminal, which {@code script} of util-linux makes. */
final class ShellTerminalTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String PROMPT = "sluice> ";
    private static final Pattern CONTROLS = Pattern.compile("\u001b(\\[[0-9;?]*\\$?[a-zA-Z]|[=>]|\\([A-Z])");

    @TempDir
    Path folder;

    private final StringBuilder shown = new StringBuilder();
    private Process shell;

    @BeforeEach
    void start() throws Exception {
        Path conf = folder.resolve("httpd.conf");
        Files.writeString(
                conf,
                """
                LoadModule mpm_event_module modules/mod_mpm_event.so
                ServerName localhost
                ErrorLog error.log
                Listen 8080
                <VirtualHost *:8080>
                    ServerName wiki.example
                </VirtualHost>
                <VirtualHost *:8080>
                    ServerName a-site-of-a-rather-long-name.shop.example
                </VirtualHost>
                """);
        ProcessBuilder builder = new ProcessBuilder(
                "script", "-qec", Path.of("bin", "sluice").toAbsolutePath() + " shell -f " + conf, "/dev/null");
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        builder.environment().put("TERM", "xterm");
        shell = builder.redirectErrorStream(true).start();
        awaitShown("2 virtual hosts");
        awaitShown(PROMPT);
    }

    @AfterEach
    void stop() {
        shell.destroyForcibly();
    }

    private void type(String keys) throws IOException {
        shell.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
    }

    /** Waits until {@code text} has been shown since the last such wait. */
    private void awaitShown(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        InputStream in = shell.getInputStream();
        while (System.nanoTime() < deadline) {
            if (in.available() > 0) {
                byte[] bytes = in.readNBytes(in.available());
                shown.append(new String(bytes, StandardCharsets.UTF_8));
            }
            String plain = CONTROLS.matcher(shown).replaceAll("");
            int at = plain.indexOf(text);
            if (at >= 0) {
                shown.setLength(0);
                shown.append(plain, at + text.length(), plain.length());
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("'" + text + "' is not shown: " + shown);
    }

    @Test
    void tabulatorsCompleteCommandsAndSites() throws Exception {
        type("sho\t");
        awaitShown("show ");
        type("wi\t");
        awaitShown("wiki.example");
        type("\r");
        awaitShown("ServerName wiki.example");
    }

    @Test
    void theLastCommandComesBackByItsSignAndInTheNextShell() throws Exception {
        type("show wiki.example\r");
        awaitShown("</VirtualHost>");
        awaitShown(PROMPT);
        type("!!\r");
        awaitShown("</VirtualHost>");
        awaitShown(PROMPT);
        type("exit\r");

        assertTrue(shell.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, shell.exitValue());
        assertTrue(Files.readString(folder.resolve("sluice/history")).startsWith("show wiki.example\n"));
    }

    @Test
    void anInterruptDropsTheLineAndKeepsTheShell() throws Exception {
        type("fix everything");
        awaitShown("fix everything");
        type("\u0003");
        awaitShown(PROMPT);
        type("sites\r");
        awaitShown("wiki.example ");
    }

    @Test
    void tablesFitATerminalThatIsMadeNarrower() throws Exception {
        String terminal = terminal();
        new ProcessBuilder("stty", "-F", terminal, "cols", "50").start().waitFor();
        type("sites\r");
        awaitShown("a-site-of-");
        awaitShown(PROMPT);
        new ProcessBuilder("stty", "-F", terminal, "cols", "200").start().waitFor();
        type("sites\r");
        awaitShown("a-site-of-a-rather-long-name.shop.example");
    }

    /** The name of the terminal that the shell's process has. */
    private String terminal() throws IOException {
        ProcessHandle inner = shell.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(inner.pid()), "fd", "0"))
                .toString();
    }

    @Test
    void theEndOfInputEndsTheShell() throws Exception {
        type("\u0004");

        assertTrue(shell.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, shell.exitValue());
    }
}
