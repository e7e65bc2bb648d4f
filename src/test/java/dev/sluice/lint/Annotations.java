package dev.sluice.lint;

import dev.sluice.source.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as comments under the lines they are about. */
final class Annotations {
    private static final String HERE = Path.of("").toAbsolutePath() + "/";

    private Annotations() {}

    /** {@code text} with those of {@code findings}, and without those that it had. */
    static String of(String text, List<Diagnostic> findings) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String line : text.split("(?<=\n)", -1)) {
            number++;
            if (line.isEmpty() || (line.startsWith("#") && line.contains("^ "))) {
                continue;
            }
            out.append(line);
            for (String finding : under(number, findings)) {
                out.append(finding).append('\n');
            }
        }
        return out.toString();
    }

    private static List<String> under(int line, List<Diagnostic> findings) {
        List<String> all = new ArrayList<>();
        for (Diagnostic finding : findings) {
            var span = finding.span();
            if (span != null && span.line() == line) {
                String severity = finding.severity().name().toLowerCase(Locale.ROOT);
                all.add("#" + " ".repeat(Math.max(0, span.column() - 2)) + "^ " + severity + " "
                        + finding.rule().id() + ": " + finding.message().replace(HERE, ""));
            }
        }
        return all;
    }
}
