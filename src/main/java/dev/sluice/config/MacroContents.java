package dev.sluice.config;

import dev.sluice.syntax.PlacedText;
import dev.sluice.syntax.Quoting;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines between {@code <Macro>} and its end, macros in it included (get_lines_till_end_token, mod_macro.c). */
final class MacroContents {
    private static final String BEGIN = "<Macro";
    private static final String END = "</Macro>";

    private final String where;
    private final boolean ignoreNesting;
    private final Warnings warnings;
    private final Input in;
    private final int firstLine;
    private final List<PlacedText> contents = new ArrayList<>();
    private int macros = 1;
    private int sections = 1;

    MacroContents(String where, boolean ignoreNesting, Warnings warnings, Input in) {
        this.where = where;
        this.ignoreNesting = ignoreNesting;
        this.warnings = warnings;
        this.in = in;
        this.firstLine = in.here().lineNumber();
    }

    List<PlacedText> read() throws ConfigError {
        ConfigError unclosed = in.error(where + "\n\tcontents error: expected token not found: " + END);
        for (NumberedText line = in.next(); line != null; line = in.next()) {
            String text = line.text().text();
            if (text.startsWith("#")) {
                continue;
            }
            String word = new Quoting(text).word();
            count(word);
            if (word.equalsIgnoreCase(END)) {
                macros--;
                warnOfRest(text, line.number());
                if (macros == 0) {
                    warnOfNesting();
                    return contents;
                }
            } else if (word.equalsIgnoreCase(BEGIN)) {
                macros++;
            }
            contents.add(line.text());
        }
        throw unclosed;
    }

    private void count(String word) {
        if (word.startsWith("</")) {
            sections--;
            if (sections < 0 && !ignoreNesting) {
                int line = in.here().lineNumber() - firstLine;
                warnings.add("macro", "AH02793: bad (negative) nesting on line " + line + " of " + where, in.span());
            }
        } else if (word.startsWith("<")) {
            sections++;
        }
    }

    private void warnOfRest(String text, int number) {
        String rest = text.substring(text.lastIndexOf('>') + 1);
        if (!rest.isBlank() && !rest.strip().startsWith("#")) {
            warnings.add(
                    "macro",
                    "AH02989: AH02794: non blank chars found after directive closing on line " + number + " of "
                            + in.lines().name() + ": " + rest,
                    in.span());
        }
    }

    private void warnOfNesting() {
        if (sections != 0 && !ignoreNesting) {
            warnings.add(
                    "macro",
                    "AH02795: bad cumulated nesting (" + (sections > 0 ? "+" : "") + sections + ") in " + where,
                    in.span());
        }
    }
}
