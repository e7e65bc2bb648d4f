import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Damages configurations that httpd accepts, each in one place and in a way that people do: a word too few or too many, a bad
 * value, a line in the wrong section, a section without an end, a slip of the keyboard. The folder that it makes is judged by
 * {@code run --corpus FOLDER --live}.
 */
public final class Mutants {
    private static final String HELP =
            """
            usage: compat-tests/parity/mutate [--corpus DIR] [--seed N] [--count N] FOLDER
              --corpus DIR  whose accepted configurations are damaged (default: ../shared/corpus)
              --seed N      the same seed makes the same files (default: 1)
              --count N     how many files (default: 2000)
            """;
    private static final List<String> VALUES = List.of(
            "", "bogus", "maybe", "on", "off", "-1", "0", "1", "10x", "99999999999", "1.5", "/nonexistent", "relative/path",
            "*", "*:80", "none", "all", "+", "-", "!", "env=X", "=value", "key=", "key=value", "a=b=c", "expr=", "(", "[a",
            "%{X", "%{REQUEST_URI}", "http://", "http://h/", "//x", "::1", "[::1]:80", "1.2.3.4/33", "256.1.1.1", "a:b",
            "80:90", "text/html", ".ext", "~", "\\", "${UNSET}", "early", "always", "unset", "ALL", "None", "5s", "5ms", "5h",
            "100K", "$1", "%", "%z", "404", "700", "\"quoted\"", "'single'", "\"a b\"", "#", "<x>");
    private static final List<String> SECTIONS = List.of(
            "<VirtualHost *:81>|</VirtualHost>",
            "<Directory /srv/m>|</Directory>",
            "<Location /m>|</Location>",
            "<Files m.html>|</Files>",
            "<FilesMatch \"\\.m$\">|</FilesMatch>",
            "<DirectoryMatch ^/m>|</DirectoryMatch>",
            "<LocationMatch ^/m>|</LocationMatch>",
            "<If \"true\">|</If>",
            "<Limit GET>|</Limit>",
            "<LimitExcept GET>|</LimitExcept>",
            "<Proxy *>|</Proxy>",
            "<RequireAll>|</RequireAll>",
            "<IfModule mod_rewrite.c>|</IfModule>");
    private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\S+");
    private static final Pattern LINE = Pattern.compile("\\s*(</?)?([A-Za-z]\\w*)(?:[\\s>].*)?");

    /** A way to damage a line. */
    private interface Damage {
        void at(List<String> lines, int line);
    }

    /** A line of a file. */
    private record Spot(List<String> lines, int line) {}

    private Path corpus = Path.of(System.getProperty("parity.corpus", "../shared/corpus"));
    private Path folder = Path.of("");
    private long seed = 1;
    private int count = 2000;
    private Random random = new Random();

    public static void main(String[] arguments) throws IOException {
        Mutants mutants = new Mutants();
        if (!mutants.options(List.of(arguments))) {
            System.out.print(HELP);
            System.exit(arguments.length == 1 && arguments[0].equals("--help") ? 0 : 2);
        }
        mutants.write();
    }

    private boolean options(List<String> words) {
        boolean isNamed = false;
        for (int i = 0; i < words.size(); i++) {
            boolean hasValue = i + 1 < words.size();
            switch (words.get(i)) {
                case "--corpus" -> corpus = Path.of(hasValue ? words.get(++i) : "");
                case "--seed" -> seed = Long.parseLong(hasValue ? words.get(++i) : "1");
                case "--count" -> count = Integer.parseInt(hasValue ? words.get(++i) : "0");
                default -> {
                    folder = Path.of(words.get(i));
                    isNamed = !words.get(i).startsWith("-");
                }
            }
        }
        return isNamed;
    }

    private void write() throws IOException {
        random = new Random(seed);
        Files.createDirectories(folder);
        for (String each : List.of("preamble-base.conf", "preamble-modules.conf")) {
            Files.writeString(folder.resolve(each), Files.readString(corpus.resolve(each), ISO_8859_1), ISO_8859_1);
        }
        List<Spot> all = spots();
        TreeMap<String, List<Spot>> byName = all.stream()
                .collect(Collectors.groupingBy(
                        spot -> name(spot.lines.get(spot.line)).toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
        List<String> names = List.copyOf(byName.keySet());
        TreeMap<String, Damage> ways = ways();
        List<String> kinds = List.copyOf(ways.keySet());
        for (int i = 0; i < count; i++) {
            Spot spot = random.nextInt(4) == 0 ? any(all) : any(byName.get(any(names)));
            String kind = any(kinds);
            List<String> lines = new ArrayList<>(spot.lines);
            ways.get(kind).at(lines, spot.line);
            String text = String.join("\n", lines);
            Files.writeString(folder.resolve(String.format("%05d-%s.conf", i, kind)), text, ISO_8859_1);
        }
    }

    private List<Spot> spots() throws IOException {
        List<Spot> spots = new ArrayList<>();
        for (String row : Files.readAllLines(corpus.resolve("oracle.tsv"), ISO_8859_1)) {
            String[] column = row.split("\t", -1);
            Path text = corpus.resolve("golden").resolve(column[0].replace("/", "__") + ".conf");
            if (column[4].equals("conf") && Files.exists(text)) {
                String content = Files.readString(text, ISO_8859_1).replace("@ROOT@", "/srv/root");
                List<String> lines = Arrays.asList(content.split("\n", -1));
                for (int i = 0; i < lines.size(); i++) {
                    if (LINE.matcher(lines.get(i)).matches()) {
                        spots.add(new Spot(lines, i));
                    }
                }
            }
        }
        return spots;
    }

    private TreeMap<String, Damage> ways() {
        TreeMap<String, Damage> ways = new TreeMap<>();
        ways.put("word-dropped", (lines, at) -> words(lines, at, words -> words.remove(random.nextInt(words.size()))));
        ways.put("word-added", (lines, at) -> words(lines, at, words -> words.add(random.nextInt(words.size() + 1), any(VALUES))));
        ways.put("words-swapped", (lines, at) -> words(lines, at, words -> words.add(words.remove(0))));
        ways.put("all-words-dropped", (lines, at) -> words(lines, at, List::clear));
        ways.put("value", this::value);
        ways.put("value-again", this::value);
        ways.put("value-cut", (lines, at) -> words(lines, at, words -> {
            int which = random.nextInt(words.size());
            String word = words.get(which);
            words.set(which, word.substring(0, random.nextInt(word.length())));
        }));
        ways.put("value-twisted", (lines, at) -> words(lines, at, words -> {
            int which = random.nextInt(words.size());
            words.set(which, twisted(words.get(which)));
        }));
        ways.put("misspelled", (lines, at) -> {
            String name = name(lines.get(at));
            lines.set(at, lines.get(at).replaceFirst(Pattern.quote(name), Matcher.quoteReplacement(twisted(name))));
        });
        ways.put("wrong-place", (lines, at) -> {
            String[] section = any(SECTIONS).split("\\|");
            lines.set(at, section[0] + "\n" + lines.get(at) + "\n" + section[1]);
        });
        ways.put("moved-to-top", (lines, at) -> lines.add(0, lines.get(at)));
        ways.put("line-dropped", (lines, at) -> lines.remove(at));
        ways.put("section-not-closed", (lines, at) -> nearest(lines, at, "</", lines::remove));
        ways.put("section-not-opened", (lines, at) -> nearest(lines, at, "<", lines::remove));
        ways.put("section-closed-otherwise", (lines, at) -> nearest(lines, at, "</", i -> lines.set(i, "</Bogus>")));
        ways.put("bracket-dropped", (lines, at) -> nearest(lines, at, "<", i -> lines.set(i, lines.get(i).replace(">", ""))));
        ways.put("quote-added", (lines, at) -> {
            int where = random.nextInt(lines.get(at).length() + 1);
            lines.set(at, new StringBuilder(lines.get(at)).insert(where, '"').toString());
        });
        return ways;
    }

    private void value(List<String> lines, int at) {
        words(lines, at, words -> words.set(random.nextInt(words.size()), any(VALUES)));
    }

    private interface WordsChange {
        void on(List<String> words);
    }

    private static void words(List<String> lines, int at, WordsChange change) {
        String line = lines.get(at);
        String name = name(line);
        int start = line.indexOf(name) + name.length();
        boolean isSection = line.strip().startsWith("<");
        int end = isSection && line.lastIndexOf('>') >= start ? line.lastIndexOf('>') : line.length();
        List<String> words = WORD.matcher(line.substring(start, end))
                .results()
                .map(word -> word.group())
                .collect(Collectors.toCollection(ArrayList::new));
        if (words.isEmpty()) {
            words.add("x");
        }
        change.on(words);
        lines.set(at, (line.substring(0, start) + " " + String.join(" ", words)).stripTrailing() + line.substring(end));
    }

    private interface LineChange {
        void at(int line);
    }

    private static void nearest(List<String> lines, int at, String start, LineChange change) {
        for (int i = 0; i < lines.size(); i++) {
            int line = (at + i) % lines.size();
            String text = lines.get(line).strip();
            if (text.startsWith(start) && (start.length() > 1 || !text.startsWith("</"))) {
                change.at(line);
                return;
            }
        }
    }

    private String twisted(String word) {
        int at = random.nextInt(word.length());
        StringBuilder twisted = new StringBuilder(word);
        switch (random.nextInt(4)) {
            case 0 -> twisted.deleteCharAt(at);
            case 1 -> twisted.insert(at, word.charAt(at));
            case 2 -> twisted.setCharAt(at, (char) ('a' + random.nextInt(26)));
            default -> twisted.append(any(List.of("x", "/", ":", "s", "=", "-", "%", "1")));
        }
        return twisted.toString();
    }

    private static String name(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? matcher.group(2) : "x";
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
