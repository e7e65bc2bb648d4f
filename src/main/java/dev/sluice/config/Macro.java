package dev.sluice.config;

import dev.sluice.source.Span;
import dev.sluice.syntax.PlacedText;
import java.util.ArrayList;
import java.util.List;

/**
 * A macro as it is defined.
 *
 * @param name in lower case
 * @param location {@code defined on line 2 of "F"}
 * @param parameters names, with their {@code $}
 * @param contents lines, trimmed, without comments
 * @param emptyArgumentsAreFine whether there is no warning of an empty argument
 */
record Macro(
        String name,
        String location,
        List<String> parameters,
        List<PlacedText> contents,
        boolean emptyArgumentsAreFine) {
    /** {@code macro 'm' (defined on line 2 of "F")}. */
    @Override
    public String toString() {
        return "macro '" + name + "' (" + location + ")";
    }

    /** The contents with {@code arguments} in the place of the parameters; {@code used} is told of each one found. */
    List<PlacedText> contents(List<String> arguments, boolean[] used) {
        List<PlacedText> replaced = new ArrayList<>(contents.size());
        for (PlacedText line : contents) {
            replaced.add(parameters.isEmpty() ? line : replaced(line, arguments, used));
        }
        return replaced;
    }

    /** From left to right; where two parameters begin at one place the longer one is meant. */
    private PlacedText replaced(PlacedText line, List<String> arguments, boolean[] used) {
        String text = line.text();
        PlacedText.Builder result = new PlacedText.Builder();
        int done = 0;
        int[] at = new int[parameters.size()];
        for (int next = next(text, 0, at, true); next >= 0; next = next(text, done, at, false)) {
            int end = at[next] + parameters.get(next).length();
            Span place = line.span(at[next], end);
            result.append(line, done, at[next]).append(arguments.get(next), place);
            used[next] = true;
            done = end;
        }
        return done == 0
                ? line
                : result.append(line, done, text.length()).build(line.span()).trimmed();
    }

    /** The parameter that is found first from {@code from} on, or -1. {@code at} keeps where each one is found next. */
    private int next(String text, int from, int[] at, boolean first) {
        int chosen = -1;
        for (int i = 0; i < at.length; i++) {
            String name = parameters.get(i);
            if (first || (at[i] >= 0 && at[i] < from)) {
                at[i] = text.indexOf(name, from);
            }
            boolean nearer = at[i] >= 0
                    && (chosen < 0
                            || at[i] < at[chosen]
                            || (at[i] == at[chosen]
                                    && name.length() > parameters.get(chosen).length()));
            chosen = nearer ? i : chosen;
        }
        return chosen;
    }
}
