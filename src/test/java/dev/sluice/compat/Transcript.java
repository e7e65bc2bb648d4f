package dev.sluice.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that one server did in a case, as named sections of lines, made comparable by {@link Sameness}. */
final class Transcript {
    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private final List<LogLine> errors = new ArrayList<>();

    void add(String section, List<String> lines) {
        sections.put(section, lines);
    }

    void outcome(String step, String outcome) {
        outcomes.put(step, outcome);
    }

    void addError(LogLine line) {
        errors.add(line);
    }

    Map<String, List<String>> sections() {
        return sections;
    }

    Map<String, String> outcomes() {
        return outcomes;
    }

    List<LogLine> errors() {
        return errors;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        sections.forEach((title, lines) -> text.append("=== ")
                .append(title)
                .append('\n')
                .append(String.join("\n", lines))
                .append('\n'));
        text.append("=== error log\n");
        errors.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
