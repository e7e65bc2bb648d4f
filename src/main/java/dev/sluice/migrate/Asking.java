package dev.sluice.migrate;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** One question and its answer, for show. */
public final class Asking {
    private Asking() {}

    /** The answer as it came: status line, fields, and at most {@code most} bytes of the body; one byte a char. */
    public static List<String> answer(InetSocketAddress server, Question question, int most) {
        Answer answer = Fetch.from(server, question);
        if (answer.status() == 0) {
            return List.of("no answer: " + answer.reason());
        }
        List<String> lines = new ArrayList<>();
        lines.add((answer.status() + " " + answer.reason()).strip());
        answer.fields().forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        lines.add("");
        boolean whole = answer.body().length() <= most;
        lines.addAll(List.of((whole ? answer.body() : answer.body().substring(0, most)).split("\n", -1)));
        if (!whole) {
            lines.add("... " + (answer.body().length() - most) + " bytes more");
        }
        return lines;
    }
}
