package dev.sluice.migrate;

import dev.sluice.directive.Line;
import dev.sluice.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The main server or one {@code <VirtualHost>}, with the lines that it is made of.
 *
 * @param opening the line that opens the virtual host; null for the main server
 * @param lines its own lines in the order of execution, sections with the lines in them
 * @param inherited the main server's lines; empty for the main server itself
 */
public record Host(Server server, @Nullable Line opening, List<Line> lines, List<Line> inherited) {
    /** Every own line, those of sections behind the line that opens them. */
    public Stream<Line> all() {
        return lines.stream().flatMap(Host::withChildren);
    }

    /** A line and every line in it. */
    static Stream<Line> withChildren(Line line) {
        return Stream.concat(Stream.of(line), line.children().stream().flatMap(Host::withChildren));
    }

    /** The lines of that name outside of sections: the host's own, or the main server's where it has none. */
    public List<Line> lines(String name) {
        List<Line> own = named(lines, name);
        return own.isEmpty() ? named(inherited, name) : own;
    }

    private static List<Line> named(List<Line> from, String name) {
        return from.stream().filter(line -> line.name().equalsIgnoreCase(name)).toList();
    }

    /** The first word of the last line of that name; null where neither the host nor the main server has one. */
    public @Nullable String value(String name) {
        List<Line> found = lines(name);
        if (found.isEmpty()) {
            return null;
        }
        Line last = found.get(found.size() - 1);
        return last.words().isEmpty() ? "" : last.words().get(0).text();
    }

    /** Whether TLS is spoken; {@code SSLEngine optional} counts. */
    public boolean isTls() {
        String engine = value("SSLEngine");
        return engine != null && !engine.toLowerCase(Locale.ROOT).equals("off");
    }

    /** What its URLs lead to, in the order in which it is tried. */
    public List<Route> routes() {
        return Route.of(this);
    }

    /** Where it stands, as {@code FILE:LINE}; empty for the main server. */
    public String place() {
        return opening == null ? "" : place(opening);
    }

    /** Where a line stands, as {@code FILE:LINE}. */
    public static String place(Line line) {
        return line.span().file().name() + ":" + line.span().line();
    }

    /** {@code *:443}; for the main server what Listen says. */
    public List<String> addresses() {
        if (opening != null) {
            return server.addresses();
        }
        List<String> all = new ArrayList<>();
        for (Line line : named(lines, "Listen")) {
            if (!line.words().isEmpty()) {
                String word = line.words().get(0).text();
                all.add(word.indexOf(':') < 0 ? "*:" + word : word);
            }
        }
        return all;
    }
}
