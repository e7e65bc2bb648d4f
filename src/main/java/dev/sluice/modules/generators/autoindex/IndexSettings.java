package dev.sluice.modules.generators.autoindex;

import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.model.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the lines of mod_autoindex come to for a folder. Texts are empty where no line gave them. */
public record IndexSettings(
        IndexOptions options,
        List<Item> icons,
        List<Item> alts,
        List<Item> ignored,
        List<Description> descriptions,
        String defaultIcon,
        String headerName,
        String readmeName,
        String headInsert,
        String styleSheet,
        Order order) {
    /** Whether IndexIgnoreReset forgets what outer sections leave out. */
    record Ignored(List<Item> items, boolean reset) {
        private static final Ignored NOTHING = new Ignored(List.of(), false);

        Ignored line(Ignored later) {
            return new Ignored(joined(items, later.items), later.reset);
        }

        Ignored inner(Ignored inner) {
            return new Ignored(inner.reset ? inner.items : joined(inner.items, items), false);
        }

        private static List<Item> joined(List<Item> one, List<Item> other) {
            return Stream.concat(one.stream(), other.stream()).toList();
        }
    }

    static final Setting<List<Item>> ICONS =
            perDirectory("AddIcon", List.<Item>of(), Merge.<Item>append()).inheriting(Merge.prepend());
    static final Setting<List<Item>> ALTS =
            perDirectory("AddAlt", List.<Item>of(), Merge.<Item>append()).inheriting(Merge.prepend());
    static final Setting<List<Description>> DESCRIPTIONS = perDirectory(
                    "AddDescription", List.<Description>of(), Merge.<Description>append())
            .inheriting(Merge.prepend());
    static final Setting<Ignored> IGNORED =
            perDirectory("IndexIgnore", Ignored.NOTHING, Ignored::line).inheriting(Ignored::inner);

    /** Empty for none. */
    public static final Setting<String> DEFAULT_ICON = perDirectory("DefaultIcon", "");

    public static final Setting<String> HEADER_NAME = perDirectory("HeaderName", "");
    public static final Setting<String> README_NAME = perDirectory("ReadmeName", "");
    public static final Setting<String> HEAD_INSERT = perDirectory("IndexHeadInsert", "");
    public static final Setting<String> STYLE_SHEET = perDirectory("IndexStyleSheet", "");
    static final Setting<Optional<Order>> ORDER = perDirectory("IndexOrderDefault", Optional.empty());

    static final View<IndexSettings> IN_FORCE = View.of(IndexSettings::of);

    private static IndexSettings of(Settings settings) {
        return new IndexSettings(
                settings.get(IndexOptions.SETTING),
                settings.get(ICONS),
                settings.get(ALTS),
                settings.get(IGNORED).items,
                settings.get(DESCRIPTIONS),
                settings.get(DEFAULT_ICON),
                settings.get(HEADER_NAME),
                settings.get(README_NAME),
                settings.get(HEAD_INSERT),
                settings.get(STYLE_SHEET),
                settings.get(ORDER).orElse(Order.DEFAULT));
    }
}
