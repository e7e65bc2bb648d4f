package dev.sluice.modules.generators.autoindex;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of mod_autoindex. */
public final class IndexLines {
    private static final Places INDEXES = Places.anywhere(AllowOverride.INDEXES);

    private static final Places ALL = Places.anywhere(
            AllowOverride.LIMIT,
            AllowOverride.OPTIONS,
            AllowOverride.FILE_INFO,
            AllowOverride.AUTH_CONFIG,
            AllowOverride.INDEXES);

    private IndexLines() {}

    public static List<Directive> rows() {
        return List.of(
                row("AddIcon", Args.ITERATE2, icons(Item.By.PATH), IndexSettings.ICONS),
                row("AddIconByType", Args.ITERATE2, icons(Item.By.TYPE), IndexSettings.ICONS),
                row("AddIconByEncoding", Args.ITERATE2, icons(Item.By.ENCODING), IndexSettings.ICONS),
                row("AddAlt", Args.ITERATE2, alts(Item.By.PATH), IndexSettings.ALTS),
                row("AddAltByType", Args.ITERATE2, alts(Item.By.TYPE), IndexSettings.ALTS),
                row("AddAltByEncoding", Args.ITERATE2, alts(Item.By.ENCODING), IndexSettings.ALTS),
                directive("IndexOptions", INDEXES, reads(Args.TAKE_ARGV, IndexOptions::read, IndexOptions.SETTING)),
                row("IndexOrderDefault", Args.TAKE2, IndexLines::order, IndexSettings.ORDER),
                row("IndexIgnore", Args.ITERATE, IndexLines::ignore, IndexSettings.IGNORED),
                row("IndexIgnoreReset", Args.FLAG, IndexLines::reset, IndexSettings.IGNORED),
                row("AddDescription", Args.ITERATE2, IndexLines::describe, IndexSettings.DESCRIPTIONS),
                page("HeaderName", IndexSettings.HEADER_NAME),
                page("ReadmeName", IndexSettings.README_NAME),
                directive("FancyIndexing", ALL, raw(IndexLines::fancyIndexing)),
                text("DefaultIcon", IndexSettings.DEFAULT_ICON),
                text("IndexStyleSheet", IndexSettings.STYLE_SHEET),
                text("IndexHeadInsert", IndexSettings.HEAD_INSERT));
    }

    private static Directive row(String name, Args args, Effect effect, Setting<?> gives) {
        Effect both = (line, scope) -> {
            effect.apply(line, scope);
            IndexOptions.touch(line, scope);
        };
        return directive(name, INDEXES, reads(args, both, gives, IndexOptions.SETTING));
    }

    private static Directive page(String name, Setting<String> setting) {
        Directive row = text(name, setting);
        return directive(row.name(), row.places(), row.does().partly("a page that a handler makes is left out"));
    }

    private static Directive text(String name, Setting<String> setting) {
        return row(
                name,
                Args.TAKE1,
                (line, scope) -> scope.give(setting, line.words().get(0).text(), line.span()),
                setting);
    }

    /** {@code (ALT,url)} also says what stands for the icon in text. */
    private static Effect icons(Item.By by) {
        return (line, scope) -> {
            String icon = line.words().get(0).text();
            for (String name : rest(line)) {
                String url = icon;
                if (icon.startsWith("(")) {
                    int close = icon.indexOf(')');
                    if (close < 0) {
                        throw new BadArgument("missing closing paren");
                    }
                    int comma = icon.indexOf(',');
                    String alt = comma < 0 || comma > close ? icon.substring(1, close) : icon.substring(1, comma);
                    url = comma < 0 || comma > close ? "" : icon.substring(comma + 1, close);
                    scope.give(IndexSettings.ALTS, List.of(Item.of(by, name, alt, scope)), line.span());
                }
                scope.give(IndexSettings.ICONS, List.of(Item.of(by, name, url, scope)), line.span());
            }
        };
    }

    private static Effect alts(Item.By by) {
        return (line, scope) -> {
            for (String name : rest(line)) {
                Item item = Item.of(by, name, line.words().get(0).text(), scope);
                scope.give(IndexSettings.ALTS, List.of(item), line.span());
            }
        };
    }

    /** The words behind the first, up to an empty one. */
    private static List<String> rest(Line line) {
        return line.words().stream()
                .skip(1)
                .map(Word::text)
                .takeWhile(word -> !word.isEmpty())
                .toList();
    }

    private static void describe(Line line, Scope scope) {
        for (String name : rest(line)) {
            Description description = Description.of(name, line.words().get(0).text());
            scope.give(IndexSettings.DESCRIPTIONS, List.of(description), line.span());
        }
    }

    private static void ignore(Line line, Scope scope) {
        List<Item> items = line.words().stream()
                .map(Word::text)
                .takeWhile(word -> !word.isEmpty())
                .map(word -> Item.of(Item.By.NAME, word, "", scope))
                .toList();
        IndexSettings.Ignored earlier = scope.given(IndexSettings.IGNORED);
        boolean reset = earlier != null && earlier.reset();
        scope.give(IndexSettings.IGNORED, new IndexSettings.Ignored(items, reset), line.span());
    }

    private static void reset(Line line, Scope scope) {
        boolean on = line.words().get(0).text().equalsIgnoreCase("on");
        scope.give(IndexSettings.IGNORED, new IndexSettings.Ignored(List.of(), on), line.span());
    }

    private static void order(Line line, Scope scope) throws BadArgument {
        String direction = line.words().get(0).text();
        boolean ascending = direction.equalsIgnoreCase("ascending");
        if (!ascending && !direction.equalsIgnoreCase("descending")) {
            throw new BadArgument("First keyword must be 'Ascending' or 'Descending'");
        }
        char key =
                switch (line.words().get(1).text().toLowerCase(Locale.ROOT)) {
                    case "name" -> Order.NAME;
                    case "date" -> Order.MODIFIED;
                    case "size" -> Order.SIZE;
                    case "description" -> Order.DESCRIPTION;
                    default -> throw new BadArgument("Second keyword must be 'Name', 'Date', 'Size', or 'Description'");
                };
        scope.give(IndexSettings.ORDER, Optional.of(new Order(key, ascending)), line.span());
    }

    private static void fancyIndexing(Line line, Scope scope) throws BadArgument {
        throw new BadArgument("The FancyIndexing directive is no longer supported. Use IndexOptions FancyIndexing.");
    }
}
