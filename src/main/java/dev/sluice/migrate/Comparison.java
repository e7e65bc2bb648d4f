package dev.sluice.migrate;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one question gives at a running Apache and at Sluice. Apache is asked twice: in what its two answers differ, nothing is
 * compared.
 *
 * @param differences empty where both say the same
 */
public record Comparison(Question question, int status, List<Difference> differences) {
    /**
     * A difference.
     *
     * @param what {@code status}, {@code field NAME} or {@code body}
     * @param apache what Apache says; of a body the first line that differs
     */
    public record Difference(String what, String apache, String sluice) {}

    /** Fields that belong to a connection or a moment. */
    private static final Set<String> VOLATILE =
            Set.of("date", "connection", "keep-alive", "transfer-encoding", "age", "server", "alt-svc", "upgrade");

    /** Where a server is that stands for the address of a question. */
    public interface Place {
        InetSocketAddress of(Question question);
    }

    /** Asks both. */
    public static Comparison of(Question question, Place apache, Place sluice) {
        Answer first = Fetch.from(apache.of(question), question);
        Answer own = Fetch.from(sluice.of(question), question);
        Answer second = Fetch.from(apache.of(question), question);
        return new Comparison(question, first.status(), differences(first, second, own));
    }

    private static List<Difference> differences(Answer first, Answer second, Answer own) {
        List<Difference> found = new ArrayList<>();
        if (first.status() != own.status() && first.status() == second.status()) {
            found.add(new Difference("status", status(first), status(own)));
            return found;
        }
        Set<String> names = new LinkedHashSet<>(first.fields().keySet());
        names.addAll(own.fields().keySet());
        names.removeAll(VOLATILE);
        boolean sameBody = first.body().equals(second.body());
        for (String name : names) {
            String value = first.field(name);
            boolean stable = value.equals(second.field(name)) && (sameBody || !name.equals("content-length"));
            if (stable && !value.equals(own.field(name))) {
                found.add(new Difference("field " + name, value, own.field(name)));
            }
        }
        body(first.body(), second.body(), own.body(), found);
        return found;
    }

    private static String status(Answer answer) {
        return answer.status() == 0 ? "no answer: " + answer.reason() : Integer.toString(answer.status());
    }

    private static void body(String first, String second, String own, List<Difference> found) {
        if (first.equals(own)) {
            return;
        }
        List<String> apache = List.of(first.split("\n", -1));
        List<String> again = List.of(second.split("\n", -1));
        List<String> here = List.of(own.split("\n", -1));
        if (apache.size() != again.size()) {
            return;
        }
        Set<Integer> moving = new HashSet<>();
        for (int i = 0; i < apache.size(); i++) {
            if (!apache.get(i).equals(again.get(i))) {
                moving.add(i);
            }
        }
        for (int i = 0; i < Math.max(apache.size(), here.size()); i++) {
            String theirs = i < apache.size() ? apache.get(i) : "(end)";
            String ours = i < here.size() ? here.get(i) : "(end)";
            if (!theirs.equals(ours) && !moving.contains(i)) {
                found.add(new Difference("body", "line " + (i + 1) + ": " + theirs, ours));
                return;
            }
        }
    }

    public boolean isSame() {
        return differences.isEmpty();
    }
}
