package dev.sluice.config;

import dev.sluice.syntax.PlacedText;
import dev.sluice.syntax.Quoting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** mod_macro: {@code <Macro>}, Use and UndefMacro, which are done with while reading (mod_macro.c). */
final class Macros {
    private static final String PREFIXES = "$%@";

    private final Warnings warnings;
    private final Map<String, Macro> macros = new HashMap<>();
    private boolean anyDefined;
    private boolean ignoreEmptyArguments;
    private boolean ignoreBadNesting;

    Macros(Warnings warnings) {
        this.warnings = warnings;
    }

    /** The macros defined so far, for another text; what that defines stays there. */
    Macros copy(Warnings told) {
        Macros copy = new Macros(told);
        copy.macros.putAll(macros);
        copy.anyDefined = anyDefined;
        copy.ignoreEmptyArguments = ignoreEmptyArguments;
        copy.ignoreBadNesting = ignoreBadNesting;
        return copy;
    }

    void ignoreEmptyArguments() {
        ignoreEmptyArguments = true;
    }

    void ignoreBadNesting() {
        ignoreBadNesting = true;
    }

    /** Reads the definition that {@code line} begins, up to its end. */
    void define(ReadLine line, Input in) throws ConfigError {
        anyDefined = true;
        String args = line.args();
        int bracket = args.lastIndexOf('>');
        if (bracket < 0) {
            throw in.error("<Macro> directive missing closing '>'");
        }
        if (bracket == 0) {
            throw in.error("<Macro macro definition: empty name");
        }
        warnOfRest("AH02801: non blank chars found after <Macro closing '>'", args.substring(bracket + 1), in);
        Quoting words = new Quoting(args.substring(0, bracket));
        String name = words.word().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw in.error("<Macro macro definition: name not found");
        }
        Macro known = macros.get(name);
        if (known != null) {
            warn(
                    "AH02802: macro '" + name + "' multiply defined: " + known.location() + ", redefined on line "
                            + in.here().lineNumber() + " of \"" + in.lines().name() + "\"",
                    in);
        }
        macros.put(name, read(name, words, in));
    }

    private Macro read(String name, Quoting words, Input in) throws ConfigError {
        String location = "defined on line " + in.here().lineNumber() + " of \""
                + in.lines().name() + "\"";
        String where = "macro '" + name + "' (" + location + ")";
        if (isPrefixed(name)) {
            warn("AH02803: " + where + " better prefix a macro name with any of '" + PREFIXES + "'", in);
        }
        List<String> parameters = words(words);
        boolean emptyIsFine = ignoreEmptyArguments;
        boolean nestingIsFine = ignoreBadNesting;
        while (!parameters.isEmpty() && parameters.get(0).startsWith("/")) {
            String flag = parameters.remove(0);
            if (flag.equalsIgnoreCase("/IgnoreEmptyArgs")) {
                emptyIsFine = true;
            } else if (flag.equalsIgnoreCase("/IgnoreBadNesting")) {
                nestingIsFine = true;
            } else {
                warn("AH02804: " + where + ": unknown flag '" + flag + "'", in);
            }
        }
        checkParameters(where, parameters, in);
        List<PlacedText> contents = new MacroContents(where, nestingIsFine, warnings, in).read();
        Macro macro = new Macro(name, location, parameters, contents, emptyIsFine);
        checkContents(macro, in);
        return macro;
    }

    private void checkParameters(String where, List<String> parameters, Input in) throws ConfigError {
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            if (name.isEmpty()) {
                throw in.error(where + ": empty argument #" + (i + 1) + " name");
            }
            if (!isPrefixed(name)) {
                warn(
                        "AH02796: " + where + " argument name '" + name + "' (#" + (i + 1)
                                + ") without expected prefix, better prefix argument names with one of '" + PREFIXES
                                + "'.",
                        in);
            }
            if (name.startsWith("${")) {
                warn(
                        "AH02805: " + where + " argument name '" + name + "' (#" + (i + 1)
                                + ") clashes with 'Define' syntax '${...}', better use '$(...)'.",
                        in);
            }
            for (int j = i + 1; j < parameters.size(); j++) {
                checkConflict(where, parameters, i, j, in);
            }
        }
    }

    private void checkConflict(String where, List<String> parameters, int i, int j, Input in) throws ConfigError {
        String one = parameters.get(i);
        String other = parameters.get(j);
        if (other.isEmpty()) {
            return;
        }
        if (one.equals(other)) {
            throw in.error("argument name conflict in " + where + ": argument '" + one + "': #" + (i + 1) + " and #"
                    + (j + 1) + ", change argument names!");
        }
        if (one.startsWith(other) || other.startsWith(one)) {
            warn(
                    "AH02797: " + where + ": argument name prefix conflict (" + one + " #" + (i + 1) + " and " + other
                            + " #" + (j + 1) + "), be careful about your macro definition!",
                    in);
        }
    }

    private void checkContents(Macro macro, Input in) {
        if (macro.contents().isEmpty()) {
            warn("AH02799: " + macro + ": empty contents!", in);
            return;
        }
        List<String> parameters = macro.parameters();
        boolean[] used = new boolean[parameters.size()];
        macro.contents(parameters, used);
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                warn("AH02800: " + macro + ": argument '" + parameters.get(i) + "' (#" + (i + 1) + ") never used", in);
            }
        }
    }

    /** Puts the contents of a macro before what is left to read. A macro in use is known by the name it gives its lines. */
    void use(ReadLine line, Input in) throws ConfigError {
        Quoting words = new Quoting(line.args());
        String name = words.word().toLowerCase(Locale.ROOT);
        Macro macro = find(name, "Use", in);
        if (macro == null) {
            throw in.error("macro '" + name + "' undefined");
        }
        if (in.lines().name().contains("macro '" + name + "'")) {
            throw in.error("recursive use of macro '" + name + "' is invalid");
        }
        List<String> arguments = words(words);
        if (arguments.size() != macro.parameters().size()) {
            throw in.error(macro + " used with " + arguments.size() + " arguments instead of "
                    + macro.parameters().size());
        }
        String where = macro + " used on line " + in.here().lineNumber() + " of \""
                + in.lines().name() + "\"";
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).isEmpty() && !macro.emptyArgumentsAreFine()) {
                warn("AH02798: " + where + ": empty argument #" + (i + 1), in);
            }
        }
        List<PlacedText> contents = macro.contents(arguments, new boolean[arguments.size()]);
        in.use(Lines.ofMacro(where, contents, in.lines()));
    }

    void undefine(String word, Input in) throws ConfigError {
        String name = word.toLowerCase(Locale.ROOT);
        if (find(name, "UndefMacro", in) == null) {
            throw in.error("cannot remove undefined macro '" + name + "'");
        }
        macros.remove(name);
    }

    private @Nullable Macro find(String name, String directive, Input in) throws ConfigError {
        if (!anyDefined) {
            throw in.error("no macro defined before " + directive);
        }
        if (name.isEmpty()) {
            throw in.error("no macro name specified with " + directive);
        }
        return macros.get(name);
    }

    private void warnOfRest(String text, String rest, Input in) {
        if (!rest.isBlank() && !rest.strip().startsWith("#")) {
            warn(
                    "AH02989: " + text + " on line " + in.here().lineNumber() + " of "
                            + in.lines().name() + ": " + rest,
                    in);
        }
    }

    private void warn(String text, Input in) {
        warnings.add("macro", text, in.span());
    }

    private static boolean isPrefixed(String name) {
        return PREFIXES.indexOf(name.charAt(0)) >= 0;
    }

    private static List<String> words(Quoting words) {
        List<String> all = new ArrayList<>();
        while (!words.isAtEnd()) {
            all.add(words.word());
        }
        return all;
    }
}
