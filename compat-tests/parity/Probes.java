import dev.sluice.config.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a table of small configurations, for every directive of Debian's build: too few and too many words, wrong numbers,
 * flags and names, the wrong place. {@code run --table FILE --live --record} adds what httpd says of each.
 */
public final class Probes {
    private static final List<String> VALUES = List.of(
            "\"\"", "bogus", "-1", "0", "1", "7", "99999999999", "10x", "1.5", "5s", "On", "Off", "None", "/nonexistent", "http://h/x",
            "(", "%{X", "a=b", "\"a b\"");
    private static final List<String> MORE = List.of("bogus", "1", "key=value", "http://h/x", "/nonexistent", "(", "none");
    private static final List<String> PLACES = List.of(
            "VirtualHost *:81", "Directory /srv", "Location /a", "Files a", "If \"true\"", "Limit GET", "Proxy *", "RequireAll",
            "DirectoryMatch a", "FilesMatch a");
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z][\\w.-]*");

    public static void main(String[] arguments) throws IOException {
        TreeMap<String, Catalogue.Row> rows = new TreeMap<>();
        Catalogue.get().rows().filter(Catalogue.Row::inDebian).forEach(row -> rows.putIfAbsent(row.name(), row));
        List<String> lines = new ArrayList<>();
        rows.values().forEach(row -> probes(row).forEach(text -> lines.add(text.replace("\n", "\\n") + "\t\t")));
        Files.write(Path.of(arguments[0]), lines, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> probes(Catalogue.Row row) {
        boolean atServer = row.contexts().isEmpty() || row.contexts().contains("server config");
        Set<String> texts = new LinkedHashSet<>();
        for (String words : words(row)) {
            texts.add(atServer ? line(row, words) : within("Directory /srv", line(row, words)));
        }
        String some = usual(row);
        for (String place : PLACES) {
            texts.add(within(place, line(row, some)));
        }
        texts.add(line(row, some));
        texts.add(within("VirtualHost *:81", within("Directory /srv", line(row, some))));
        return texts;
    }

    private static List<String> words(Catalogue.Row row) {
        List<String> all = new ArrayList<>(List.of(""));
        List<String> known = keywords(row);
        all.addAll(VALUES);
        all.addAll(known);
        known.forEach(word -> all.add(word + "x"));
        String first = known.isEmpty() ? "1" : known.get(0);
        for (String more : MORE) {
            all.add(first + " " + more);
            all.add("/a " + more);
        }
        all.add("a b c");
        all.add("a b c d");
        all.add(usual(row));
        all.add(usual(row) + " extra");
        return all;
    }

    private static List<String> keywords(Catalogue.Row row) {
        Set<String> found = new LinkedHashSet<>();
        String syntax = row.syntax().replaceFirst("^\\S+", "");
        if (syntax.contains("|")) {
            Matcher matcher = KEYWORD.matcher(syntax);
            while (matcher.find() && found.size() < 9) {
                found.add(matcher.group());
            }
        }
        return List.copyOf(found);
    }

    /** The words of the default, where the manual names one. */
    private static String usual(Catalogue.Row row) {
        String words = row.defaultValue().replaceFirst("^\\S+", "").replaceFirst("\\(.*", "").strip();
        List<String> known = keywords(row);
        return !words.isEmpty() ? words : !known.isEmpty() ? known.get(0) : row.argsHow().contains("2") ? "/a /b" : "1";
    }

    private static String line(Catalogue.Row row, String words) {
        String line = words.isEmpty() ? row.name() : row.name() + " " + words;
        return row.isSection() ? line + ">\n</" + row.name().substring(1) + ">" : line;
    }

    private static String within(String place, String text) {
        return "<" + place + ">\n" + text + "\n</" + place.replaceFirst(" .*", "") + ">";
    }
}
