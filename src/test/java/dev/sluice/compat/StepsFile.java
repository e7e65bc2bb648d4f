package dev.sluice.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code requests.txt}: rules of the case, then steps. The format is described in compat-tests/README.md. */
final class StepsFile {
    static final String NAME = "requests.txt";
    private static final Pattern TITLE = Pattern.compile("=== (.+) -> (\\S.*)");
    private static final Set<String> OPTIONS = Set.of(
            "tls",
            "h2",
            "h2c",
            "h2c-upgrade",
            "nghttp",
            "port",
            "again",
            "no-host",
            "body-size",
            "chunked",
            "continue",
            "raw",
            "half-close",
            "gunzip",
            "wait",
            "command",
            "running",
            "env",
            "install");

    private final Path file;
    private final Set<String> unmatchedErrors = new HashSet<>();
    private final List<Rules.Rewrite> rewrites = new ArrayList<>();
    private final List<Pattern> ignored = new ArrayList<>();
    private final List<Rules.IgnoredAt> ignoredAt = new ArrayList<>();
    private @Nullable String differs;
    private final Map<String, String> differsAt = new LinkedHashMap<>();
    private boolean debianLayout;
    private boolean backendConnections;

    private StepsFile(Path file) {
        this.file = file;
    }

    static CompatCase read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return new StepsFile(file).read(folder, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompatCase read(Path folder, List<String> lines) {
        List<Step> steps = new ArrayList<>();
        int line = 0;
        while (line < lines.size() && !lines.get(line).startsWith("===")) {
            rule(lines.get(line++));
        }
        while (line < lines.size()) {
            int end = line + 1;
            while (end < lines.size() && !lines.get(end).startsWith("===")) {
                end++;
            }
            steps.add(step(lines.subList(line, end)));
            line = end;
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(file + ": no step (expected: a line '=== title -> status')");
        }
        return new CompatCase(folder, rules(), List.copyOf(steps));
    }

    private Rules rules() {
        return new Rules(
                unmatchedErrors, rewrites, ignored, ignoredAt, differs, differsAt, debianLayout, backendConnections);
    }

    private void rule(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "unmatched-error" -> unmatchedErrors.add(words[1].split(" ", 2)[0]);
            case "rewrite" -> rewrites.add(rewrite(words[1]));
            case "ignore" -> ignored.add(Pattern.compile(words[1]));
            case "differs" -> differs = words[1];
            case "differs-at" -> {
                String[] what = words[1].split(" :: ", 2);
                if (what.length < 2 || what[1].isBlank()) {
                    throw new IllegalArgumentException("differs-at " + words[1] + " (expected: title :: why)");
                }
                differsAt.put(what[0].strip(), what[1]);
            }
            case "ignore-at" -> ignoredAt.add(ignoredAt(words[1]));
            case "debian-layout" -> debianLayout = true;
            case "backend-connections" -> backendConnections = true;
            default ->
                throw new IllegalArgumentException(
                        file + ": rule: " + line
                                + " (expected: unmatched-error, rewrite, ignore, ignore-at, differs, differs-at, debian-layout, backend-connections)");
        }
    }

    private Rules.IgnoredAt ignoredAt(String text) {
        String[] parts = text.split(" :: ", 3);
        if (parts.length < 3 || parts[2].isBlank()) {
            throw new IllegalArgumentException(file + ": ignore-at: " + text + " (expected: title :: pattern :: why)");
        }
        return new Rules.IgnoredAt(parts[0].strip(), Pattern.compile(parts[1].strip()));
    }

    private Rules.Rewrite rewrite(String text) {
        String[] sides = text.split(" => ", 2);
        if (sides.length != 2) {
            throw new IllegalArgumentException(file + ": rewrite: " + text + " (expected: pattern => text)");
        }
        return new Rules.Rewrite(Pattern.compile(sides[0]), sides[1]);
    }

    private Step step(List<String> lines) {
        Matcher title = TITLE.matcher(lines.get(0));
        if (!title.matches()) {
            throw new IllegalArgumentException(file + ": " + lines.get(0) + " (expected: === title -> status)");
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        int line = 1;
        while (line < lines.size() && isOptionOrRemark(lines.get(line))) {
            option(lines.get(line++), options);
        }
        return new Step(title.group(1), title.group(2), options, withoutEnd(lines.subList(line, lines.size())));
    }

    private static boolean isOptionOrRemark(String line) {
        return (line.startsWith("@") && !line.matches("@[A-Z0-9_]+@.*")) || line.startsWith("#") || line.isBlank();
    }

    private void option(String line, Map<String, List<String>> options) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.substring(1).split(" ", 2);
        if (!OPTIONS.contains(words[0])) {
            throw new IllegalArgumentException(file + ": option: " + line + " (expected: one of " + OPTIONS + ")");
        }
        options.computeIfAbsent(words[0], name -> new ArrayList<>()).add(words.length > 1 ? words[1].trim() : "");
    }

    /** Remarks before the next step belong to it; the blank line before them is for the eye. */
    private static List<String> withoutEnd(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).startsWith("#")) {
            end--;
        }
        return end > 0 && lines.get(end - 1).isBlank() ? List.copyOf(lines.subList(0, end - 1)) : List.copyOf(lines);
    }
}
