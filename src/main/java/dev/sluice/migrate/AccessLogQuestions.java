package dev.sluice.migrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests as access logs have them: the common and combined formats, and Debian's with the host in front. */
public final class AccessLogQuestions {
    /** What changes nothing at a server. */
    public static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final Pattern REQUEST = Pattern.compile("\"([A-Z]+) (\\S+) HTTP/[\\d.]+\"");
    private static final Pattern HOST = Pattern.compile("^(\\S+):(\\d{1,5}) \\S+ \\S+ \\S+ \\[");

    /**
     * One line.
     *
     * @param host null where the line does not say
     * @param port 0 where the line does not say
     */
    public record Entry(String method, String target, @Nullable String host, int port) {}

    private AccessLogQuestions() {}

    /** The requests that may be repeated, each once, at most {@code limit}; {@code all} adds those that change something. */
    public static List<Entry> of(Path log, int limit, boolean all) throws IOException {
        List<Entry> found = new ArrayList<>();
        Set<Entry> seen = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null && found.size() < limit; line = lines.readLine()) {
                Entry entry = entry(line);
                if (entry != null && (all || SAFE.contains(entry.method)) && seen.add(entry)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private static @Nullable Entry entry(String line) {
        Matcher request = REQUEST.matcher(line);
        if (!request.find() || !request.group(2).startsWith("/")) {
            return null;
        }
        Matcher host = HOST.matcher(line);
        return host.find()
                ? new Entry(
                        request.group(1), unescaped(request.group(2)), host.group(1), Integer.parseInt(host.group(2)))
                : new Entry(request.group(1), unescaped(request.group(2)), null, 0);
    }

    /** Logs write what is not printable as {@code \xhh}, a quote and a backslash behind a backslash. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
            } else if (text.charAt(i + 1) == 'x' && i + 3 < text.length()) {
                out.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                out.append(text.charAt(++i));
            }
        }
        return out.toString();
    }
}
