import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.cli.Report;
import dev.sluice.cli.SyntaxCheck;
import dev.sluice.config.AccessFileReader;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.ErrorLogText;
import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Overrides;
import dev.sluice.request.Level;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges every file of a folder of configurations as {@code httpd -t} does, compares with what Apache httpd says of it, and
 * prints how often they agree and where they do not. README.md beside this file says what is compared.
 */
public final class Parity {
    private static final String HELP =
            """
            usage: compat-tests/parity/run [options] [PART-OF-A-NAME...]
              --corpus DIR        the configurations and what httpd says of them (default: ../shared/corpus)
              --live              ask the apache2 of this machine instead of oracle.tsv
              --table FILE        the texts of this table, with what httpd says of them, in place of a folder's files
              --record            with --live: keep what apache2 says, as DIR/oracle.tsv or in the table
              --list              name every file that differs, not only the causes
              --not MODULE,...    count apart what is refused for want of these modules: mod_rewrite,mod_auth_basic
              --verdict PERCENT   exit with 1 where fewer files get the same verdict
              --message PERCENT   exit with 1 where fewer of the rejected files get the same line and message
            exit: 0 as good as asked for, 1 not so, 2 cannot run
            """;

    /** What a server says of a configuration: nothing, or where and what its first error is. Line 0: of no line. */
    record Verdict(boolean accepted, int line, String message) {
        static final Verdict ACCEPTED = new Verdict(true, 0, "");

        @Override
        public String toString() {
            return accepted ? "Syntax OK" : (line > 0 ? line + ": " : "") + message;
        }
    }

    /** How a file is judged the second time. */
    enum Wrap {
        NONE,
        /** A fragment that belongs into a section: httpd refuses it alone. */
        DIRECTORY
    }

    /** A line of oracle.tsv. */
    record Entry(String file, Verdict first, boolean htaccess, Verdict last, Wrap wrap, List<String> neutralised) {
        static Entry of(String line) {
            String[] column = line.split("\t", -1);
            Wrap wrap = column[5].equals("accepted-in-directory") ? Wrap.DIRECTORY : Wrap.NONE;
            return new Entry(
                    column[0],
                    verdict(column[1], column[2], column[3]),
                    column[4].equals("htaccess"),
                    wrap == Wrap.NONE ? verdict(column[5], column[6], column[7]) : Verdict.ACCEPTED,
                    wrap,
                    column[9].isEmpty() ? List.of() : List.of(column[9].split(";")));
        }

        private static Verdict verdict(String word, String line, String message) {
            return word.equals("accepted") ? Verdict.ACCEPTED : new Verdict(false, Integer.parseInt(line), message);
        }
    }

    /** Both verdicts on one text. */
    record Outcome(Entry entry, boolean first, Verdict httpd, Verdict sluice) {
        /** The second verdict of a text that needs no change. */
        Outcome again() {
            return new Outcome(entry, false, httpd, sluice);
        }

        boolean sameVerdict() {
            return httpd.accepted == sluice.accepted;
        }

        boolean isChanged() {
            return !entry.neutralised.isEmpty() || entry.wrap == Wrap.DIRECTORY;
        }

        boolean sameLine() {
            return sameVerdict() && (entry.htaccess || httpd.line == sluice.line);
        }

        boolean same() {
            return sameLine() && comparable(httpd.message).equals(comparable(sluice.message));
        }
    }

    private static final Pattern UNSUPPORTED =
            Pattern.compile("(\\S+) is not supported: (mod_\\w+) is not implemented.*", Pattern.DOTALL);
    private static final Pattern READ = Pattern.compile("Syntax error on line (\\d+) of (?:.*?): (?=Syntax error on line \\d+ of )?");
    private static final Pattern EXECUTED = Pattern.compile("AH00526: Syntax error on line (\\d+) of .*:");
    private static final Pattern LOG_PREFIX = Pattern.compile("^\\[[A-Z][a-z]{2} [^]]*] \\[\\w*:\\w+] \\[pid [^]]*] ");
    private static final Pattern KNOWN_NAMES = Pattern.compile("\\(known names: ([^)]*)\\)");
    private static final String IN_DIRECTORY = "<Directory /srv/parity>\nInclude \"%s\"\n</Directory>\n";

    private Path corpus = Path.of(System.getProperty("parity.corpus", "../shared/corpus"));
    private boolean live;
    private Path table;
    private boolean record;
    private boolean list;
    private double verdictFloor;
    private double messageFloor;
    private final Set<String> apart = new TreeSet<>();
    private final List<String> names = new ArrayList<>();
    private Path root = Path.of("");
    private String base = "";
    private AccessFileReader accessFiles;

    public static void main(String[] arguments) throws IOException {
        Parity parity = new Parity();
        try {
            if (!parity.options(List.of(arguments))) {
                System.out.print(HELP);
                return;
            }
            parity.root = Files.createTempDirectory("parity").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(parity.root)));
            parity.layOut();
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("parity: " + e.getMessage());
            System.exit(2);
        }
        System.exit(parity.run() ? 0 : 1);
    }

    private boolean options(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--help", "-h" -> {
                    return false;
                }
                case "--live" -> live = true;
                case "--table" -> table = Path.of(value(words, ++i));
                case "--record" -> record = true;
                case "--list" -> list = true;
                case "--corpus" -> corpus = Path.of(value(words, ++i));
                case "--not" -> apart.addAll(List.of(value(words, ++i).split(",")));
                case "--verdict" -> verdictFloor = Double.parseDouble(value(words, ++i));
                case "--message" -> messageFloor = Double.parseDouble(value(words, ++i));
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + word);
                    }
                    names.add(word);
                }
            }
        }
        return true;
    }

    private static String value(List<String> words, int at) {
        if (at >= words.size()) {
            throw new IllegalArgumentException(words.get(at - 1) + " needs a value");
        }
        return words.get(at);
    }

    /** The server root that the verdicts of oracle.tsv were made in. */
    private void layOut() throws IOException {
        corpus = corpus.toRealPath();
        for (String folder : List.of("run", "logs", "htdocs", "judged")) {
            Files.createDirectory(root.resolve(folder));
        }
        Files.copy(corpus.resolve("preamble-modules.conf"), root.resolve("modules.conf"));
        base = Files.readString(corpus.resolve("preamble-base.conf"), ISO_8859_1).replace("@ROOT@", root.toString());
    }

    private boolean run() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        int left = 0;
        for (Entry entry : entries()) {
            if (entry.htaccess && live) {
                left++;
                continue;
            }
            Outcome first = judged(entry, true, table == null ? corpus.resolve(entry.file) : text(entry));
            outcomes.add(first);
            outcomes.add(first.isChanged() ? judged(entry, false, second(entry)) : first.again());
        }
        if (record) {
            record(outcomes.stream().filter(Outcome::first).toList());
        }
        return print(outcomes, left);
    }

    /** Keeps what apache2 said, so that the next run need not ask. */
    private void record(List<Outcome> outcomes) throws IOException {
        if (table != null) {
            Files.write(table, outcomes.stream().map(Parity::row).toList(), ISO_8859_1);
            return;
        }
        List<String> lines = new ArrayList<>(List.of("file\tverdict\tline\tmessage\tkind\tfinal_verdict\tfinal_line\t"
                + "final_message\tn_neutralised\tneutralised\tAH_codes"));
        for (Outcome each : outcomes) {
            Verdict httpd = each.httpd;
            String said = (httpd.accepted ? "accepted" : "refused") + "\t" + httpd.line + "\t" + httpd.message;
            lines.add(each.entry.file + "\t" + said + "\tconf\t" + said + "\t0\t\t");
        }
        Files.write(corpus.resolve("oracle.tsv"), lines, ISO_8859_1);
    }

    /** A text, the line of httpd's message and the message; neither where it is accepted. */
    private static String row(Outcome each) {
        String line = each.httpd.accepted ? "" : String.valueOf(each.httpd.line);
        return each.entry.file + "\t" + line + "\t" + each.httpd.message;
    }

    private List<Entry> texts() throws IOException {
        return Files.readAllLines(table, ISO_8859_1).stream()
                .map(line -> line.split("\t", -1))
                .filter(column -> names.isEmpty() || names.stream().anyMatch(column[0]::contains))
                .map(column -> new Entry(column[0], said(column), false, said(column), Wrap.NONE, List.of()))
                .toList();
    }

    private static Verdict said(String[] column) {
        return column[1].isEmpty() ? Verdict.ACCEPTED : new Verdict(false, Integer.parseInt(column[1]), column[2]);
    }

    private List<Entry> entries() throws IOException {
        if (table != null) {
            return texts();
        }
        Path oracle = corpus.resolve("oracle.tsv");
        List<Entry> all;
        if (Files.exists(oracle)) {
            all = Files.readAllLines(oracle, ISO_8859_1).stream()
                    .skip(1)
                    .map(Entry::of)
                    .toList();
        } else if (live) {
            try (Stream<Path> files = Files.walk(corpus)) {
                all = files.filter(Files::isRegularFile)
                        .map(file -> corpus.relativize(file).toString())
                        .filter(file -> !file.startsWith("preamble-"))
                        .sorted()
                        .map(file -> new Entry(
                                file, Verdict.ACCEPTED, file.endsWith(".htaccess"), Verdict.ACCEPTED, Wrap.NONE, List.of()))
                        .toList();
            }
        } else {
            throw new IOException("no " + oracle + "; --live asks apache2");
        }
        return all.stream()
                .filter(entry -> names.isEmpty() || names.stream().anyMatch(entry.file::contains))
                .toList();
    }

    private Path text(Entry entry) throws IOException {
        return Files.writeString(root.resolve("probe.conf"), entry.file.replace("\\n", "\n") + "\n", ISO_8859_1);
    }

    private Outcome judged(Entry entry, boolean first, Path file) throws IOException {
        if (entry.htaccess) {
            return new Outcome(entry, first, first ? entry.first : entry.last, accessFile(file));
        }
        boolean wrapped = !first && entry.wrap == Wrap.DIRECTORY;
        Path main = root.resolve("httpd.conf");
        String tail = wrapped ? String.format(IN_DIRECTORY, file) : "Include \"" + file + "\"\n";
        Files.writeString(main, base + tail, ISO_8859_1);
        Verdict httpd = live ? verdict(apache(main)) : first ? entry.first : entry.last;
        return new Outcome(entry, first, httpd, verdict(sluice(main)));
    }

    /**
     * The text with the lines that depend on the machine left empty, so that those behind them keep their numbers; of some
     * files it was kept.
     */
    private Path second(Entry entry) throws IOException {
        Path file = root.resolve("judged").resolve(entry.file);
        Files.createDirectories(file.getParent());
        Path kept = corpus.resolve("golden").resolve(entry.file.replace("/", "__") + ".conf");
        boolean isDone = Files.exists(kept);
        Path text = isDone ? kept : corpus.resolve(entry.file);
        List<String> lines =
                new ArrayList<>(Arrays.asList(Files.readString(text, ISO_8859_1).split("\n", -1)));
        for (String each : entry.neutralised) {
            String[] part = each.split(":", 3);
            int number = Integer.parseInt(part[0]);
            if (number > 0 && !isDone) {
                blank(lines, number - 1, part[2]);
            } else if (number == 0) {
                blankAll(lines, part[2]);
            }
        }
        Files.writeString(file, String.join("\n", lines), ISO_8859_1);
        return file;
    }

    /** A number is that of a logical line's last physical one; a section goes with all that it holds. */
    private static void blank(List<String> lines, int last, String name) {
        int at = last;
        while (at > 0 && lines.get(at - 1).stripTrailing().endsWith("\\")) {
            lines.set(at--, "");
        }
        lines.set(at, "");
        if (name.startsWith("<")) {
            String end = "</" + name.substring(1).toLowerCase(Locale.ROOT);
            for (int i = last + 1; i < lines.size(); i++) {
                boolean closes = lines.get(i).strip().toLowerCase(Locale.ROOT).startsWith(end);
                lines.set(i, "");
                if (closes) {
                    return;
                }
            }
        }
    }

    /** What was wrong with the whole: names of users, a second MPM, logs in folders that this machine does not have. */
    private void blankAll(List<String> lines, String what) {
        String here = "$1 \"" + Matcher.quoteReplacement(root.toString()) + "/logs/any.log\"";
        Pattern pattern = Pattern.compile(
                switch (what) {
                    case "User/Group" -> "(?is)\\s*(?:User|Group)\\s.*";
                    case "LoadModule mpm" -> "(?is)\\s*LoadModule\\s+mpm_.*";
                    case "log-directory" -> "(?i)^\\s*(ErrorLog|CustomLog|TransferLog)\\s+(?![\"']?\\|)(?:\"[^\"]*\"|\\S+)";
                    default -> throw new IllegalArgumentException("neutralised '" + what + "' of no line");
                });
        lines.replaceAll(line -> pattern.matcher(line).replaceFirst(what.equals("log-directory") ? here : ""));
    }

    private List<String> sluice(Path main) {
        Said said = new Said();
        return new SyntaxCheck(request(main)).run(said) != null ? List.of() : said.lines;
    }

    /** The lines that a check ends with. */
    private static final class Said implements Report {
        final List<String> lines = new ArrayList<>();

        @Override
        public void startup(String message) {
            lines.add(ErrorLogText.escape(message));
        }

        @Override
        public void log(String module, Level level, String message) {}
    }

    /** An access file is read while the server serves, and complained of without a line. */
    private Verdict accessFile(Path file) throws IOException {
        AccessFileReader reader = accessFiles;
        if (reader == null) {
            Path main = root.resolve("httpd.conf");
            Files.writeString(main, base, ISO_8859_1);
            reader = Objects.requireNonNull(new SyntaxCheck(request(main)).run(new Said()), "the preamble is wrong")
                    .accessFiles();
            accessFiles = reader;
        }
        Overrides all = Overrides.of(EnumSet.allOf(AllowOverride.class));
        String error = reader.read(SourceFile.read(file.toString(), file), file.getParent() + "/", all)
                .error();
        return error == null ? Verdict.ACCEPTED : new Verdict(false, 0, placed(ErrorLogText.escape(error)));
    }

    private ConfigLoader.Request request(Path main) {
        return new ConfigLoader.Request(root.toString(), main.toString(), List.of(), List.of(), Set.of(), environment());
    }

    /** As Debian's envvars has it. */
    private Map<String, String> environment() {
        return Map.of(
                "APACHE_LOG_DIR", root + "/logs",
                "APACHE_RUN_DIR", root + "/run",
                "APACHE_LOCK_DIR", root + "/run",
                "APACHE_PID_FILE", root + "/run/pid",
                "APACHE_RUN_USER", "www-data",
                "APACHE_RUN_GROUP", "www-data",
                "PATH", Objects.requireNonNullElse(System.getenv("PATH"), ""));
    }

    private List<String> apache(Path main) throws IOException {
        Path output = root.resolve("apache2.out");
        ProcessBuilder builder = new ProcessBuilder(
                        "apache2", "-t", "-d", root.toString(), "-f", main.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            List<String> lines = Files.readAllLines(output, ISO_8859_1);
            return process.waitFor() == 0 ? List.of() : lines;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** What the lines that a server ended with come to; none where it found nothing. */
    private Verdict verdict(List<String> said) {
        if (said.isEmpty()) {
            return Verdict.ACCEPTED;
        }
        List<String> lines = said.stream()
                .filter(line -> !LOG_PREFIX.matcher(line).find())
                .map(this::placed)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher executed = EXECUTED.matcher(lines.get(i));
            if (executed.matches()) {
                return new Verdict(
                        false, Integer.parseInt(executed.group(1)), String.join(" / ", lines.subList(i + 1, lines.size())));
            }
            if (lines.get(i).startsWith("apache2: Syntax error on line ")) {
                return read(String.join(" / ", lines.subList(i, lines.size())));
            }
        }
        return new Verdict(false, 0, String.join(" / ", lines));
    }

    /** {@code apache2: Syntax error on line 20 of A: Syntax error on line 3 of B: what}. */
    private static Verdict read(String text) {
        String rest = text.substring("apache2: ".length());
        int line = 0;
        Matcher place = READ.matcher(rest);
        while (place.lookingAt()) {
            line = Integer.parseInt(place.group(1));
            rest = rest.substring(place.end());
            place = READ.matcher(rest);
        }
        return new Verdict(false, line, rest);
    }

    private String placed(String line) {
        return line.replace(root + "/judged", "@CORPUS@")
                .replace(corpus.toString(), "@CORPUS@")
                .replace(root.toString(), "@ROOT@");
    }

    /** The names of providers come in the order of a hash table. */
    private static String comparable(String message) {
        Matcher names = KNOWN_NAMES.matcher(message);
        return names.replaceAll(found -> Matcher.quoteReplacement("(known names: "
                + Arrays.stream(found.group(1).split(",")).sorted().collect(Collectors.joining(",")) + ")"));
    }

    private boolean print(List<Outcome> outcomes, int htaccess) {
        List<Outcome> counted = outcomes.stream().filter(o -> !isApart(o)).toList();
        List<Outcome> first = counted.stream().filter(Outcome::first).toList();
        List<Outcome> last = counted.stream().filter(o -> !o.first()).toList();
        double verdicts = share("first verdict: the same", first, Outcome::sameVerdict);
        List<Outcome> rejected = first.stream().filter(o -> !o.httpd.accepted).toList();
        share("  of those that httpd rejects: the same line", rejected, Outcome::sameLine);
        double messages = share("  of those that httpd rejects: the same line and message", rejected, Outcome::same);
        share("verdict without what depends on the machine: the same", last, Outcome::sameVerdict);
        share("  and the same line and message", last, Outcome::same);
        long apartFirst = outcomes.stream().filter(o -> o.first && isApart(o)).count();
        System.out.printf("files counted apart: %d, access files not judged: %d%n", apartFirst, htaccess);
        System.out.println();
        Map<String, List<Outcome>> causes = new TreeMap<>();
        outcomes.stream()
                .filter(o -> !o.same() && (o.first || o.isChanged()))
                .forEach(o -> causes.computeIfAbsent((isApart(o) ? "(apart) " : "") + cause(o), c -> new ArrayList<>())
                        .add(o));
        causes.entrySet().stream()
                .sorted(Comparator.comparing(e -> -e.getValue().size()))
                .forEach(e -> print(e.getKey(), e.getValue()));
        return verdicts >= verdictFloor && messages >= messageFloor;
    }

    private static double share(String title, List<Outcome> of, Predicate<Outcome> counts) {
        long count = of.stream().filter(counts).count();
        double percent = of.isEmpty() ? 100 : 100.0 * count / of.size();
        System.out.printf(Locale.ROOT, "%-62s %5d of %5d  %6.2f %%%n", title, count, of.size(), percent);
        return percent;
    }

    private void print(String cause, List<Outcome> outcomes) {
        System.out.printf("%5d  %s%n", outcomes.size(), cause);
        if (!list) {
            return;
        }
        for (Outcome each : outcomes) {
            System.out.println("         " + each.entry.file + (each.first ? "" : " (second)"));
            System.out.println("           httpd:  " + each.httpd);
            System.out.println("           sluice: " + each.sluice);
        }
    }

    private boolean isApart(Outcome outcome) {
        Matcher unsupported = UNSUPPORTED.matcher(outcome.sluice.message);
        return unsupported.matches() && apart.contains(unsupported.group(2));
    }

    private static String cause(Outcome outcome) {
        Matcher unsupported = UNSUPPORTED.matcher(outcome.sluice.message);
        if (unsupported.matches()) {
            return "refused for want of " + unsupported.group(2);
        }
        if (outcome.httpd.accepted) {
            return "refused by Sluice alone: " + gist(outcome.sluice.message);
        }
        if (outcome.sluice.accepted) {
            return "refused by httpd alone: " + gist(outcome.httpd.message);
        }
        boolean sameMessage = comparable(outcome.httpd.message).equals(comparable(outcome.sluice.message));
        return (sameMessage ? "another line: " : "another message: ") + gist(outcome.httpd.message);
    }

    /** A message without what it quotes. */
    private static String gist(String message) {
        String text = message.replaceAll("'[^']*'|\"[^\"]*\"", "'...'").replaceAll("(?:@ROOT@|@CORPUS@)?/\\S+", "/...");
        return text.length() > 90 ? text.substring(0, 90) + "..." : text;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("parity: " + e.getMessage());
        }
    }
}
