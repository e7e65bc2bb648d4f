package dev.sluice.config;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.syntax.Word;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What httpd's setters say of the words of directives whose module has no class here, read from arguments.tsv: a directive has
 * any number of checks, tried in order. In messages {@code %s} is the word, {@code %p} what stands before its
 * colon, {@code %w} the section around.
 */
final class ArgumentChecks {
    /** One check. Word 0 is each word, otherwise they count from 1; a word that is not there is not checked. */
    private record Check(int word, Kind kind, String parameter, String message) {
        void apply(Line line, Scope scope) throws BadArgument {
            List<Word> words = line.words();
            for (int i = 0; i < words.size(); i++) {
                String text = words.get(i).text();
                if ((word == 0 || word == i + 1) && kind.isWrong(text, parameter, scope)) {
                    String before = text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
                    String section = scope.place().sections().isEmpty()
                            ? ""
                            : scope.place().innermost();
                    throw kind.complaint(
                            message.replace("%s", text).replace("%p", before).replace("%w", section));
                }
            }
        }
    }

    private enum Kind {
        /** The word must match the pattern. */
        MATCHES {
            @Override
            boolean isWrong(String word, String pattern, Scope scope) {
                return !Pattern.matches(pattern, word);
            }
        },
        /** The word must not match the pattern. */
        DIFFERS {
            @Override
            boolean isWrong(String word, String pattern, Scope scope) {
                return Pattern.matches(pattern, word);
            }
        },
        /** As C's atoi, what begins with no digit being 0, it must be in the range {@code 1..} or {@code 0..11}. */
        NUMBER {
            @Override
            boolean isWrong(String word, String range, Scope scope) {
                Matcher digits =
                        Pattern.compile("\\s*([-+]?\\d+).*", Pattern.DOTALL).matcher(word);
                return isOutside(digits.matches() ? new BigInteger(digits.group(1)) : BigInteger.ZERO, range);
            }
        },
        /** Nothing but digits, in the range. */
        WHOLE {
            @Override
            boolean isWrong(String word, String range, Scope scope) {
                return !Pattern.matches("[-+]?\\d+", word) || isOutside(new BigInteger(word), range);
            }
        },
        /** A module that shares objects between processes, by its name before a colon. */
        SOCACHE {
            @Override
            boolean isWrong(String word, String parameter, Scope scope) {
                String name = word.contains(":") ? word.substring(0, word.indexOf(':')) : word;
                return !scope.isLoaded("socache_" + (name.equals("default") ? "shmcb" : name) + "_module");
            }
        },
        /** A file that the machine has; the parameter is its path, with %s for the word and * for a folder. */
        FILE {
            @Override
            boolean isWrong(String word, String path, Scope scope) {
                return !isThere(path.replace("%s", word), scope);
            }

            @Override
            BadArgument complaint(String message) {
                return BadArgument.ofMachine(message);
            }
        },
        /** The innermost section must not match the pattern. */
        OUTSIDE {
            @Override
            boolean isWrong(String word, String pattern, Scope scope) {
                return !scope.place().sections().isEmpty()
                        && Pattern.matches(pattern, scope.place().innermost());
            }
        },
        CHARSET {
            @Override
            boolean isWrong(String word, String parameter, Scope scope) {
                return !Pattern.matches("[A-Za-z][\\w.:+-]*", word) || !Charset.isSupported(word);
            }
        };

        abstract boolean isWrong(String word, String parameter, Scope scope);

        BadArgument complaint(String message) {
            return new BadArgument(message);
        }

        private static boolean isOutside(BigInteger number, String range) {
            String[] ends = range.split("\\.\\.", -1);
            return number.compareTo(new BigInteger(ends[0])) < 0
                    || (!ends[1].isEmpty() && number.compareTo(new BigInteger(ends[1])) > 0);
        }

        private static boolean isThere(String path, Scope scope) {
            int star = path.indexOf("*/");
            if (star < 0) {
                return Files.exists(scope.resolve(path));
            }
            String[] folders = Path.of(path.substring(0, star)).toFile().list();
            String rest = path.substring(star + 2);
            for (String folder : folders == null ? new String[0] : folders) {
                if (Files.exists(Path.of(path.substring(0, star), folder, rest))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class Table {
        static final Map<String, List<Check>> ROWS = new HashMap<>();

        static {
            for (String line : Catalogue.read("arguments.tsv")) {
                String[] column = line.split("\t", -1);
                int word = column[1].equals("each") ? 0 : Integer.parseInt(column[1]);
                Kind kind = Kind.valueOf(column[2].toUpperCase(Locale.ROOT));
                ROWS.computeIfAbsent(column[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(new Check(word, kind, column[3], column[4]));
            }
        }
    }

    private ArgumentChecks() {}

    /** Throws what httpd says of the words of a directive, by its name. */
    static void apply(String directive, Line line, Scope scope) throws BadArgument {
        for (Check check : Table.ROWS.getOrDefault(directive.toLowerCase(Locale.ROOT), List.of())) {
            check.apply(line, scope);
        }
    }
}
