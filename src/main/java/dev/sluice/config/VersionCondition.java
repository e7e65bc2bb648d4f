package dev.sluice.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code <IfVersion>}: compares with the version of httpd that we stand in for (start_ifversion, mod_version.c). */
final class VersionCondition {
    /** The httpd that this server claims to be. */
    static final String HTTPD = "2.4.71";

    private static final int[] PARTS = {2, 4, 71};

    private VersionCondition() {}

    static boolean holds(ReadLine line, Input in) throws ConfigError {
        List<String> words = line.words(1, 3);
        if (words == null) {
            throw in.error("<IfVersion takes one, two or three arguments, "
                    + Catalogue.get().help("<IfVersion"));
        }
        String operator = words.get(0);
        @Nullable String operand = words.size() > 1 && !words.get(1).isEmpty() ? words.get(1) : null;
        if (operand == null) {
            return compare("=", closed(operator, in), in);
        }
        if (operand.equals(">")) {
            return compare("=", operator, in);
        }
        boolean closedApart = words.size() > 2 && words.get(2).equals(">");
        return compare(operator, closedApart ? operand : closed(operand, in), in);
    }

    private static String closed(String word, Input in) throws ConfigError {
        if (!word.endsWith(">")) {
            throw in.error("<IfVersion> directive missing closing '>'");
        }
        return word.substring(0, word.length() - 1);
    }

    private static boolean compare(String operator, String version, Input in) throws ConfigError {
        boolean not = operator.startsWith("!") && operator.length() > 1;
        String relation = not ? operator.substring(1) : operator;
        boolean holds =
                switch (relation) {
                    case "=", "==" -> version.startsWith("/") ? matchesDelimited(version, in) : order(version, in) == 0;
                    case "~" -> matches(version, in);
                    case "<" -> order(version, in) < 0;
                    case "<=" -> order(version, in) <= 0;
                    case ">" -> order(version, in) > 0;
                    case ">=" -> order(version, in) >= 0;
                    default -> throw in.error("unrecognized operator '" + operator + "'");
                };
        return holds != not;
    }

    private static boolean matchesDelimited(String regex, Input in) throws ConfigError {
        if (regex.length() < 2 || !regex.endsWith("/")) {
            throw in.error("Missing delimiting / of regular expression.");
        }
        return matches(regex.substring(1, regex.length() - 1), in);
    }

    private static boolean matches(String regex, Input in) throws ConfigError {
        try {
            return Pattern.compile(regex.replace("[:digit:]", "0-9"))
                    .matcher(HTTPD)
                    .find();
        } catch (PatternSyntaxException e) {
            throw in.error("Unable to compile regular expression");
        }
    }

    /** Our version compared with {@code version}: major, minor and patch, each 0 where it is not given. */
    private static int order(String version, Input in) throws ConfigError {
        String[] numbers = version.split("\\.", -1);
        boolean trailingDot = numbers.length > 1 && numbers[numbers.length - 1].isEmpty();
        int count = trailingDot ? numbers.length - 1 : numbers.length;
        if (count > PARTS.length || !version.matches("[0-9][0-9.]*")) {
            throw in.error("Version appears to be invalid. It must have the format major[.minor[.patch]] "
                    + "where major, minor and patch are numbers.");
        }
        for (int i = 0; i < PARTS.length; i++) {
            int order = Integer.compare(PARTS[i], i < count ? number(numbers[i]) : 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
