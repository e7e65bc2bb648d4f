package dev.sluice.compat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The one list of what may differ between apache2 and Sluice in every case, and why. Each entry keeps the presence and
 * the form of the thing and removes only the part that cannot be equal.
 */
final class Sameness {
    private static final List<Rules.Rewrite> ALWAYS = List.of(
            // The moment of an answer. A date that a backend sent is of the past and stays.
            rewrite("(?i)^(Date: |Expires: )\\w{3}, \\d\\d \\w{3} 20(?!26 00:00:00)[^G]*GMT$", "$1<now>"),
            rewrite("\\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]", "[<time>]"),
            // The product's own name and version, in headers, error pages, -v and the first line of the error log.
            rewrite(
                    "\\b(?:Apache|Sluice)/[\\d.]+(?: \\((?:Debian|Unix|Sluice/[\\w.]+)\\))?(?: OpenSSL/[\\w.]+)?",
                    "<server>"),
            rewrite("(?i)^(Server: )(?:Apache|Sluice)$", "$1<product>"),
            rewrite("(?i)^(Server: )(?:Apache|Sluice)/[\\d.]+$", "$1<product>/<version>"),
            // The program's name before a message, with the room it takes in the usage, and the tick of the clock
            // before a message that is logged at start.
            rewrite("^apache2: ", "httpd: "),
            rewrite("(\\bAH\\d{5}: )apache2: ", "$1httpd: "),
            rewrite("^Usage: \\S+", "Usage: httpd"),
            rewrite("^ +\\[-", "       [-"),
            rewrite(
                    "^\\[\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d[^]]*] (\\[[\\w:]+] )\\[pid [^]]+] ",
                    "[<time>] $1"),
            // The port that the client's kernel gave it.
            rewrite("\\[client 127\\.0\\.0\\.1:\\d+]", "[client 127.0.0.1:<port>]"),
            // httpd calls the client of an HTTP/2 connection its remote.
            rewrite("\\[remote 127\\.0\\.0\\.1:\\d+]", "[client 127.0.0.1:<port>]"));

    private Sameness() {}

    private static Rules.Rewrite rewrite(String pattern, String replacement) {
        return new Rules.Rewrite(Pattern.compile(pattern), replacement);
    }

    /** Now and then a child of apache2 stumbles while it exits; nobody is asked to do the same. */
    static boolean isStumble(String line) {
        return line.contains(" AH00052: ") || line.contains(" AH03092: ");
    }

    /** What OpenSSL adds in words of its own after a line of mod_ssl's. */
    static boolean isOfLibrary(String line) {
        return line.contains("SSL Library Error: ");
    }

    /** The lines of a text, without the mutexes of httpd's own that {@code -S} tells of in no certain order. */
    static List<String> of(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.matches("Mutex .*: using_defaults"))
                .map(Sameness::of)
                .toList();
    }

    private static String of(String line) {
        String same = line;
        for (Rules.Rewrite rewrite : ALWAYS) {
            same = rewrite.in(same);
        }
        return same.startsWith("Allow: ") || same.startsWith("allow: ") ? inOrder(same) : same;
    }

    /** httpd lists the methods in the order of a hash table that is seeded anew with each start. */
    private static String inOrder(String allow) {
        String[] methods = allow.substring("Allow: ".length()).split(", ?");
        Arrays.sort(methods);
        return allow.substring(0, "Allow: ".length()) + String.join(",", methods);
    }
}
