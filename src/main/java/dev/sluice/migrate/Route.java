package dev.sluice.migrate;

import dev.sluice.directive.Line;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What some URLs of a host lead to.
 *
 * @param by the directive
 * @param from the path or pattern; with the section around it where there is one
 * @param to a file, a URL, a handler; {@code !} for what is taken out
 */
public record Route(String by, String from, String to, Line line) {
    /** The order in which httpd asks: mod_rewrite, mod_proxy, mod_alias, then files and their handlers. */
    private enum Turn {
        REWRITE,
        PROXY,
        ALIAS,
        FILE,
        HANDLER
    }

    private record Ordered(Turn turn, Route route) {}

    /** In the order in which they are tried. Those of sections come with their kind. */
    static List<Route> of(Host host) {
        List<Ordered> found = new ArrayList<>();
        host.lines().forEach(line -> collect(line, "", found));
        if (host.opening() != null && found.stream().noneMatch(each -> each.turn == Turn.FILE)) {
            host.lines("DocumentRoot").stream()
                    .limit(1)
                    .forEach(line ->
                            found.add(new Ordered(Turn.FILE, new Route(line.name(), "/", word(line, 0), line))));
        }
        found.sort(Comparator.comparing(Ordered::turn));
        return found.stream().map(Ordered::route).toList();
    }

    private static void collect(Line line, String section, List<Ordered> found) {
        if (line.isSection()) {
            String inner = line.name().equalsIgnoreCase("Location")
                    ? word(line, 0)
                    : "<" + line.name() + " " + line.args().strip() + ">";
            line.children().forEach(child -> collect(child, inner, found));
            return;
        }
        Ordered route = route(line, section);
        if (route != null) {
            found.add(route);
        }
    }

    private static @Nullable Ordered route(Line line, String section) {
        List<String> words = line.words().stream().map(Word::text).toList();
        String first = word(line, 0);
        String rest = String.join(" ", words.subList(Math.min(1, words.size()), words.size()));
        return switch (line.name().toLowerCase(Locale.ROOT)) {
            case "rewriterule" -> new Ordered(Turn.REWRITE, new Route(line.name(), join(section, first), rest, line));
            case "proxypass", "proxypassmatch" ->
                new Ordered(
                        Turn.PROXY,
                        section.isEmpty()
                                ? new Route(line.name(), first, rest, line)
                                : new Route(line.name(), section, String.join(" ", words), line));
            case "alias", "aliasmatch", "scriptalias", "scriptaliasmatch" ->
                new Ordered(
                        Turn.ALIAS,
                        words.size() < 2
                                ? new Route(line.name(), section, first, line)
                                : new Route(line.name(), first, rest, line));
            case "redirect", "redirectmatch", "redirectpermanent", "redirecttemp" ->
                new Ordered(Turn.ALIAS, redirect(line, section, words));
            case "documentroot" -> new Ordered(Turn.FILE, new Route(line.name(), "/", first, line));
            case "fallbackresource" ->
                new Ordered(Turn.HANDLER, new Route(line.name(), section.isEmpty() ? "/" : section, first, line));
            case "sethandler" ->
                new Ordered(Turn.HANDLER, new Route(line.name(), section.isEmpty() ? "/" : section, first, line));
            case "addhandler", "action" ->
                new Ordered(Turn.HANDLER, new Route(line.name(), join(section, rest), first, line));
            default -> null;
        };
    }

    /** With the status where it is given: {@code 301 https://shop.example/}. */
    private static Route redirect(Line line, String section, List<String> words) {
        boolean hasStatus =
                words.size() == 3 || (words.size() == 2 && words.get(0).matches("\\d{3}|permanent|temp|seeother|gone"));
        String status = hasStatus ? words.get(0) + " " : "";
        List<String> others = hasStatus ? words.subList(1, words.size()) : words;
        boolean inSection = others.size() == 1 && !section.isEmpty();
        String from = inSection || others.isEmpty() ? section : others.get(0);
        String to = others.isEmpty() ? "" : others.get(others.size() - 1);
        return new Route(line.name(), from, status + (others.size() == 1 && !inSection ? "" : to), line);
    }

    private static String join(String section, String pattern) {
        return section.isEmpty() ? pattern : section + " " + pattern;
    }

    private static String word(Line line, int index) {
        return index < line.words().size() ? line.words().get(index).text() : "";
    }

    public String place() {
        return Host.place(line);
    }
}
