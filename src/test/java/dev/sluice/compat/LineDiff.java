package dev.sluice.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Two lists of lines side by side: {@code -} for what only apache2 has, {@code +} for what only Sluice has. */
final class LineDiff {
    private static final int CONTEXT = 2;

    private LineDiff() {}

    static String of(List<String> expected, List<String> actual) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                common[i][j] = expected.get(i).equals(actual.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> diff = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
                diff.add("  " + expected.get(i++));
                j++;
            } else if (j == actual.size() || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
                diff.add("- " + expected.get(i++));
            } else {
                diff.add("+ " + actual.get(j++));
            }
        }
        return hunks(diff);
    }

    /** The lines that differ, with two before and after them; the others are in the transcripts. */
    private static String hunks(List<String> diff) {
        StringBuilder hunks = new StringBuilder();
        for (int line = 0; line < diff.size(); line++) {
            boolean shown = IntStream.rangeClosed(
                            Math.max(0, line - CONTEXT), Math.min(diff.size() - 1, line + CONTEXT))
                    .anyMatch(near -> !diff.get(near).startsWith("  "));
            if (shown) {
                hunks.append("    ").append(diff.get(line)).append('\n');
            }
        }
        return hunks.toString();
    }
}
