package dev.sluice.compat;

import java.util.List;

/** Two lists of lines side by side: {@code -} for what only apache2 has, {@code +} for what only Sluice has. */
final class LineDiff {
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
        StringBuilder diff = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
                line(diff, "  ", expected.get(i++));
                j++;
            } else if (j == actual.size() || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
                line(diff, "- ", expected.get(i++));
            } else {
                line(diff, "+ ", actual.get(j++));
            }
        }
        return diff.toString();
    }

    private static void line(StringBuilder diff, String mark, String line) {
        diff.append("    ").append(mark).append(line).append('\n');
    }
}
