package dev.sluice.modules.generators.cgi;

import java.util.Map;

/** What is said of a script that the system does not start. */
final class ExecFailure {
    private static final Map<String, Integer> NUMBERS =
            Map.of("No such file or directory", 2, "Exec format error", 8, "Permission denied", 13);

    private static final String PREFIX = "setpriv: failed to execute ";

    private ExecFailure() {}

    /** A line of stderr; that of setpriv, which starts scripts with fewer rights, as httpd says it itself. */
    static String inHttpdsWords(String line) {
        int colon = line.lastIndexOf(": ");
        if (!line.startsWith(PREFIX) || colon < PREFIX.length()) {
            return line;
        }
        String why = line.substring(colon + 2);
        return "(" + NUMBERS.getOrDefault(why, 1) + ")" + why + ": exec of '" + line.substring(PREFIX.length(), colon)
                + "' failed";
    }
}
