package dev.sluice.cli;

import dev.sluice.config.ConfigLoader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code -k}: tells the server that runs, or starts one. */
final class ServerCommand {
    private ServerCommand() {}

    /** Answers the exit code; a server that was started answers when it has stopped. */
    static int run(CommandLine line, SyntaxCheck check, ConfigLoader.Loaded loaded, Layout layout, Console console) {
        PidFile file = new PidFile(loaded.configuration(), layout);
        RunningServer running;
        try {
            running = RunningServer.of(file);
        } catch (IOException e) {
            console.startup("(20014)Internal error (specific information not available): AH00058: "
                    + "Error retrieving pid file " + file);
            console.startup("AH00059: Remove it before continuing if it is corrupted.");
            return 1;
        }
        String word = line.signal() == null ? "start" : line.signal();
        if (running.isAlive()) {
            return tell(running, word, console);
        }
        if (word.equals("stop") || word.equals("graceful-stop")) {
            String pid = running.pid().isPresent() ? "pid " + running.pid().getAsLong() + "?" : "no pid file";
            console.say("httpd (" + pid + ") not running");
            return 0;
        }
        if (!word.equals("start")) {
            console.say("httpd not running, trying to start");
        }
        return new ServerProcess(line, check, file, console, loaded.configuration()).serve(loaded, addresses -> {});
    }

    private static int tell(RunningServer running, String word, Console console) {
        String signal = signal(word);
        if (signal == null) {
            console.say("httpd (pid " + running.pid().getAsLong() + ") already running");
            return 0;
        }
        try {
            return running.signal(signal) ? 0 : 1;
        } catch (IOException e) {
            console.startup("sending signal to server: " + e.getMessage());
            return 1;
        }
    }

    /** Null for {@code start}, which no signal asks for. */
    private static @Nullable String signal(String word) {
        return switch (word) {
            case "stop" -> "TERM";
            case "restart" -> "HUP";
            case "graceful" -> "USR1";
            case "graceful-stop" -> "WINCH";
            default -> null;
        };
    }
}
