package dev.sluice.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server under test in its root: runs its commands, starts it, stops it as a service supervisor does. */
final class HttpdProcess {
    private static final int START_SECONDS = 15;
    private static final int STOP_SECONDS = 10;
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Pattern LISTEN = Pattern.compile("(?mi)^Listen\\s+(?:\\S+:)?(\\d+)\\b");

    private final ServerUnderTest server;
    private final Path root;
    private final Path configuration;
    private final boolean debianLayout;
    private @Nullable Process process;

    HttpdProcess(ServerUnderTest server, Path root, Path configuration, boolean debianLayout) {
        this.server = server;
        this.root = root;
        this.configuration = configuration;
        this.debianLayout = debianLayout;
    }

    /** Runs the program with these arguments, {@code -d} and {@code -f} added where there is no {@code -f}. */
    Result run(String arguments, List<String> environment) throws IOException, InterruptedException {
        Path out = root.resolve("command.out");
        Path err = root.resolve("command.err");
        Process command = builder(words(arguments), environment)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!command.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            command.destroyForcibly();
            return new Result("runs on", List.of("does not end"));
        }
        List<String> lines = new ArrayList<>(List.of("exit " + command.exitValue(), "standard output:"));
        lines.addAll(Files.readAllLines(out));
        lines.add("standard error:");
        lines.addAll(Files.readAllLines(err));
        return new Result("exit " + command.exitValue(), lines);
    }

    /** Words as a shell would see them, as far as double quotes go. */
    private static List<String> words(String arguments) {
        return WORD.matcher(arguments)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toList();
    }

    private ProcessBuilder builder(List<String> arguments, List<String> environment) {
        List<String> command = new ArrayList<>(server.command());
        if (!arguments.contains("-f")) {
            command.addAll(
                    List.of("-d", configuration.resolve("..").normalize().toString(), "-f", configuration.toString()));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        if (debianLayout) {
            builder.environment().putAll(DebianLayout.environment(root));
        }
        for (String variable : environment) {
            String[] sides = variable.split("=", 2);
            builder.environment().put(sides[0], sides[1]);
        }
        return builder;
    }

    Path console() {
        return root.resolve("console.txt");
    }

    /** Starts in the foreground and returns when every port that the configuration listens on takes connections. */
    void start() throws IOException, InterruptedException {
        process = builder(List.of("-DFOREGROUND"), List.of())
                .redirectErrorStream(true)
                .redirectOutput(console().toFile())
                .start();
        for (int port : portsListenedOn()) {
            awaitPort(port, process);
        }
    }

    private List<Integer> portsListenedOn() throws IOException {
        List<Integer> ports = new ArrayList<>();
        List<Path> files =
                List.of(configuration, root.resolve("preamble.conf"), configuration.resolveSibling("ports.conf"));
        for (Path file : files) {
            if (Files.exists(file)) {
                Matcher listen = LISTEN.matcher(Files.readString(file));
                while (listen.find()) {
                    ports.add(Integer.parseInt(listen.group(1)));
                }
            }
        }
        return ports;
    }

    private void awaitPort(int port, Process started) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && started.isAlive()) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                Thread.sleep(15);
            }
        }
        throw new IOException(
                server.name() + " does not listen on " + port + ": " + Files.readString(console()) + logs());
    }

    private String logs() throws IOException {
        Path log = root.resolve("logs/error.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Ends the server with TERM; tells how it ended. */
    String stop() throws InterruptedException {
        if (process == null) {
            return "was not started";
        }
        boolean alive = process.isAlive();
        process.destroy();
        if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            return (alive ? "stopped by TERM, exit " : "ended by itself, exit ") + process.exitValue();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return "did not stop within " + STOP_SECONDS + " s of TERM";
    }
}
